#include "core/providers/visibility.h"

namespace kalends::core {

bool MayManage(const Caller& caller, const Provider& provider) {
  return !provider.erased && MayActAs(caller, provider.account);
}

bool MaySee(const Caller& caller, const Provider& provider, Tie tie) {
  if (provider.erased) return false;
  return MayManage(caller, provider) || tie == Tie::kCustomer || tie == Tie::kColleague;
}

bool MayReadConsents(const Caller& caller, const Provider& provider, Tie tie) {
  if (provider.erased) return false;
  return MaySee(caller, provider, tie) || tie == Tie::kFormerCustomer;
}

}  // namespace kalends::core
