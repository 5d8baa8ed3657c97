// Who may see a provider, and who may change it.
#pragma once

#include "core/access/access.h"
#include "core/providers/provider.h"

namespace kalends::core {

// What ties the caller's account to a provider. Colleagues are an organization and its staff.
enum class Tie { kNone, kFormerCustomer, kCustomer, kColleague };

// Itself and tools that act for nobody. An erased provider is nobody's.
bool MayManage(const Caller& caller, const Provider& provider);
// Also its customers and colleagues.
bool MaySee(const Caller& caller, const Provider& provider, Tie tie);
// Its consent documents: also whoever was its customer once, for what they signed and can withdraw
// is theirs to read.
bool MayReadConsents(const Caller& caller, const Provider& provider, Tie tie);

}  // namespace kalends::core
