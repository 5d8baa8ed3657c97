#include <memory>

#include "kalends/v1/provider_service.pb.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/person.h"
#include "tools/kalends/provider.h"

namespace kalends::cli {
namespace {

std::string FactsOfProvider(const v1::Provider& provider, const core::TimeZone& zone) {
  Facts facts;
  facts.Add("provider", provider.name());
  facts.Add("name", provider.display_name());
  facts.Add("kind", WordOf(v1::ProviderKind_Name(provider.kind()), "PROVIDER_KIND_"));
  facts.Add("account", provider.account());
  facts.Add("time zone", provider.time_zone());
  facts.Add("currency", provider.currency_code());
  facts.Add("page", provider.profile_slug().empty() ? "" : "/p/" + provider.profile_slug());
  for (const int need : provider.missing()) {
    facts.Add("missing", WordOf(v1::ProviderNeed_Name(need), "PROVIDER_NEED_"));
  }
  for (const auto& one : provider.specialists()) {
    facts.Add("specialist", one.provider() + "  " + one.display_name());
  }
  for (const auto& one : provider.organizations()) {
    facts.Add("on the staff of", one.provider() + "  " + one.display_name());
  }
  facts.Add("since", TimeIn(zone, provider.create_time()));
  return facts.Text();
}

}  // namespace

Work ShowProvider(CLI::App& command, Arguments&) {
  auto which = std::make_shared<std::string>();
  command.add_option("PROVIDER", *which, "providers/..., or an identity such as telegram:4711")
      ->required();
  return [which](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    const Person person = PersonOf(*which, "providers");
    v1::GetProviderRequest request;
    request.set_name(person.name);
    ASSIGN_OR_RETURN(const v1::Provider provider,
                     core->Call<v1::Provider>(request, person.account));
    fmt::print("{}",
               context.said().json ? JsonLine(provider) + "\n" : FactsOfProvider(provider, zone));
    return 0;
  };
}

}  // namespace kalends::cli
