#include <memory>

#include "kalends/v1/account_service.pb.h"
#include "tools/kalends/account.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/person.h"

namespace kalends::cli {
namespace {

std::string FactsOfAccount(const v1::Account& account, const core::TimeZone& zone) {
  Facts facts;
  facts.Add("account", account.name());
  facts.Add("name", account.display_name());
  for (const std::string& identity : account.identities()) facts.Add("identity", identity);
  facts.Add("language", account.language_code());
  facts.Add("time zone", account.time_zone().empty() ? "not set" : account.time_zone());
  facts.Add("provider", account.provider());
  facts.Add("since", TimeIn(zone, account.create_time()));
  return facts.Text();
}

}  // namespace

Work ShowAccount(CLI::App& command, Arguments&) {
  auto who = std::make_shared<std::string>();
  command.add_option("ACCOUNT", *who, "accounts/..., or an identity such as telegram:4711")
      ->required();
  return [who](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    const Person person = PersonOf(*who, "accounts");
    v1::GetAccountRequest request;
    request.set_name(person.name);
    ASSIGN_OR_RETURN(const v1::Account account, core->Call<v1::Account>(request, person.account));
    fmt::print("{}",
               context.said().json ? JsonLine(account) + "\n" : FactsOfAccount(account, zone));
    return 0;
  };
}

}  // namespace kalends::cli
