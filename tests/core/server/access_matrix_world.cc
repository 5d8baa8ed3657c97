#include "tests/core/server/access_matrix_world.h"

#include <cstdlib>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace kalends::test {
namespace {

// One grey pixel, as a text message writes bytes.
constexpr char kPng[] =
    "\\211\\120\\116\\107\\015\\012\\032\\012\\000\\000\\000\\015\\111\\110\\104\\122\\000"
    "\\000\\000\\001\\000\\000\\000\\001\\010\\000\\000\\000\\000\\072\\176\\233\\125\\000"
    "\\000\\000\\012\\111\\104\\101\\124\\170\\234\\143\\150\\000\\000\\000\\202\\000\\201"
    "\\167\\315\\162\\266\\000\\000\\000\\000\\111\\105\\116\\104\\256\\102\\140\\202";
constexpr char kBegan[] = "2026-03-02T09:00:00Z";
constexpr char kBeganToo[] = "2026-03-02T10:00:00Z";
constexpr char kPresent[] = "2026-03-02T10:30:00Z";
constexpr char kFree[] = "2026-03-06T09:00:00Z";
constexpr char kProposed[] = "2026-03-06T12:00:00Z";

constexpr char kAlways[] = R"(hours { start_minute: 0 end_minute: 1440 })";

std::string Seconds(const std::string& time) {
  return std::to_string(core::ToUnixSeconds(At(time)));
}

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::string Replace(std::string_view text, const std::map<std::string, std::string>& names) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (const auto& [name, value] : names) parts.emplace_back(absl::StrCat("${", name, "}"), value);
  return absl::StrReplaceAll(absl::string_view(text.data(), text.size()), parts);
}

const google::protobuf::MethodDescriptor& MethodNamed(const std::string& name) {
  const auto* method =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName("kalends.v1." + name);
  if (method != nullptr) return *method;
  std::cerr << "no method " << name << "\n";
  std::abort();
}

}  // namespace

template <typename Response>
Response AccessWorld::Make(const Client& client, const std::string& method,
                           std::string_view request, const Names& names) {
  const auto& descriptor = MethodNamed(method);
  const AnyAnswer answer =
      CallAny(client, descriptor, Serialize(descriptor, Replace(request, names)));
  Response response;
  if (answer.status.ok() && response.ParseFromString(answer.bytes)) return response;
  std::cerr << method << ": " << ReasonOf(answer.status) << " " << answer.status.error_message()
            << "\n";
  std::abort();
}

AccessWorld::AccessWorld(std::string database) : server_(std::move(database)) {
  adapter_key_ = server_.MakeKey({v1::SCOPE_ADAPTER});
  web_key_ = server_.MakeKey({v1::SCOPE_WEB});
  tool_key_ = server_.MakeKey({v1::SCOPE_TOOL_WRITE});
  v1::ApiKey spare;
  spare.add_scopes(v1::SCOPE_WEB);
  common_["api_key"] = server_.MakeKey(spare).api_key().name();
  common_["start"] = Seconds(kFree);
  common_["proposed"] = Seconds(kProposed);
  for (const char* person :
       {"stranger", "ada", "eva", "rita", "bob", "carla", "studio", "dan", "otto"}) {
    MakePerson(person);
  }
  for (const char* specialist : {"carla", "dan", "otto"}) {
    MakeProvider(specialist, "PROVIDER_KIND_SPECIALIST");
  }
  MakeProvider("studio", "PROVIDER_KIND_ORGANIZATION");
  JoinStaff("studio", "carla");
  JoinStaff("studio", "dan");
  MakePractice("carla");
  MakePractice("studio");
  for (const char* customer : {"ada", "eva", "rita", "bob"}) Share(customer, "carla");
  Share("ada", "studio");
  common_["specialist"] = of_person_["carla"]["provider"];
  of_link_[{"ada", "carla"}]["started"] = Request("ada", "carla", kBegan);
  of_link_[{"ada", "studio"}]["started"] = Request("ada", "studio", kBeganToo);
  for (const auto& [link, names] : of_link_) {
    if (!names.contains("started")) continue;
    Make<v1::Appointment>(As(link.second), "BookingService.AcceptAppointment",
                          R"(name: "${started}")", names);
  }
  server_.SetNow(At(kPresent));
  Book("ada", "carla", "2026-03-05T09:00:00Z");
  Book("bob", "carla", "2026-03-05T10:00:00Z");
  Book("rita", "carla", "2026-03-05T11:00:00Z");
  Book("ada", "studio", "2026-03-05T12:00:00Z");
  const Names& ritas = of_link_[{"rita", "carla"}];
  Make<v1::Appointment>(As("carla"), "BookingService.RejectAppointment", R"(name: "${pending}")",
                        ritas);
  Make<v1::Link>(As("rita"), "LinkService.RemoveLink", R"(name: "${link}")", ritas);
  Make<v1::Link>(As("carla"), "LinkService.BlockLink", R"(name: "${link}")",
                 of_link_[{"bob", "carla"}]);
  common_["token"] = Make<v1::DownloadLink>(As("ada"), "DocumentService.CreateDownloadLink",
                                            R"(name: "${document}")", of_link_[{"ada", "carla"}])
                         .token();
  common_["feed_token"] = Make<v1::Feed>(As("ada"), "FeedService.CreateFeed",
                                         R"(parent: "accounts/me" feed { role: ROLE_CUSTOMER })")
                              .token();
}

Client AccessWorld::As(const std::string& person) {
  return {server_, adapter_key_, "telegram:" + person};
}

void AccessWorld::MakePerson(const std::string& person) {
  const Client adapter(server_, adapter_key_);
  const auto account = Make<v1::Account>(
      adapter, "AccountService.EnsureAccount",
      absl::StrCat("identity: 'telegram:", person, "' display_name: '", person, "'"));
  Names& names = of_person_[person];
  names["account"] = account.name();
  const auto asked = Make<v1::AskSupportResponse>(As(person), "SupportService.AskSupport",
                                                  R"(message { text: "Hello" })");
  names["ticket"] = asked.ticket().name();
  names["feed"] = Make<v1::Feed>(As(person), "FeedService.CreateFeed",
                                 R"(parent: "${account}" feed { role: ROLE_CUSTOMER })", names)
                      .name();
  names["bridge_key"] = "telegram:-1:" + person;
  Make<v1::BridgeTicketResponse>(adapter, "SupportService.BridgeTicket",
                                 R"(name: "${ticket}" bridge_key: "${bridge_key}")", names);
}

std::string AccessWorld::MakeErased() {
  MakePerson("erased");
  const Names& names = of_person_["erased"];
  Make<v1::DeleteAccountResponse>(As("erased"), "PrivacyService.DeleteAccount",
                                  R"(name: "${account}")", names);
  return names.at("account");
}

void AccessWorld::MakeProvider(const std::string& person, std::string_view kind) {
  Names& names = of_person_[person];
  names["provider"] =
      Make<v1::Provider>(As(person), "AccountService.RegisterProvider",
                         absl::StrCat("kind: ", std::string(kind), " display_name: '", person,
                                      "' time_zone: 'UTC'"))
          .name();
  if (kind != "PROVIDER_KIND_SPECIALIST") return;
  std::string hours;
  for (int weekday = 1; weekday <= 7; ++weekday) {
    absl::StrAppend(&hours, "added { weekday: ", weekday, " ", kAlways, " } ");
  }
  Make<v1::UpdateScheduleResponse>(As(person), "ScheduleService.ChangeWeeklyHours",
                                   absl::StrCat(R"(name: "${provider}/schedule" )", hours), names);
  Names from = names;
  from["begin"] = Seconds("2026-04-01T00:00:00Z");
  from["end"] = Seconds("2026-04-02T00:00:00Z");
  names["closure"] =
      IdOf(Make<v1::CreateClosureResponse>(As(person), "ScheduleService.CreateClosure",
                                           R"(parent: "${provider}" closure {
                                           start_time { seconds: ${begin} }
                                           end_time { seconds: ${end} } })",
                                           from)
               .closure()
               .name());
  names["opening"] =
      IdOf(Make<v1::Opening>(As(person), "ScheduleService.CreateOpening",
                             R"(parent: "${provider}" opening { start_time { seconds: ${begin} }
                                                                end_time { seconds: ${end} } })",
                             from)
               .name());
  names["busy"] = IdOf(Make<v1::BusyCalendar>(As(person), "BusyCalendarService.CreateBusyCalendar",
                                              R"(parent: "${provider}" busy_calendar {
                                  kind: KIND_FILE address: "https://elsewhere.example/c.ics" })",
                                              names)
                           .name());
}

void AccessWorld::MakePractice(const std::string& person) {
  Names& names = of_person_[person];
  // An organization has no times of its own.
  names.try_emplace("closure", of_person_["carla"]["closure"]);
  names.try_emplace("opening", of_person_["carla"]["opening"]);
  names.try_emplace("busy", of_person_["carla"]["busy"]);
  names["service"] = Make<v1::Service>(As(person), "CatalogService.CreateService",
                                       R"(parent: "${provider}" service {
                             display_name: "Hour" duration { seconds: 3600 }
                             price { currency_code: "EUR" minor_units: 8000 } })",
                                       names)
                         .name();
  names["package"] = Make<v1::Package>(As(person), "PackageService.CreatePackage",
                                       R"(parent: "${provider}" package {
                             display_name: "Ten" services: "${service}" visits: 10
                             price { currency_code: "EUR" minor_units: 72000 } })",
                                       names)
                         .name();
  const auto invitation = Make<v1::Invitation>(As(person), "InvitationService.CreateInvitation",
                                               R"(parent: "${provider}" invitation {})", names);
  names["invitation"] = invitation.name();
  names["code"] = invitation.code();
  const auto document = Make<v1::ConsentDocument>(
      As(person), "ConsentService.PublishConsentDocument",
      R"(header { parent: "${provider}" document { display_name: "Terms" needs_consent: true }
                  file_name: "t.txt" content_type: "text/plain" } | data: "Terms")",
      names);
  names["consent"] = document.name();
  names["version"] = document.version().name();
  names["slug"] = Make<v1::Profile>(As(person), "ProfileService.UpdateProfile",
                                    R"(profile { name: "${provider}/profile" published: true }
                                       update_mask { paths: "published" })",
                                    names)
                      .slug();
  names["png"] = kPng;
  names["picture"] =
      Make<v1::Picture>(As(person), "PictureService.UploadPicture",
                        R"(header { parent: "${provider}" } | data: "${png}")", names)
          .name();
}

void AccessWorld::JoinStaff(const std::string& organization, const std::string& specialist) {
  const auto invite = [&] {
    return Make<v1::Invitation>(As(organization), "InvitationService.CreateInvitation",
                                R"(parent: "${provider}" invitation { kind: KIND_STAFF })",
                                of_person_[organization])
        .code();
  };
  Make<v1::RedeemInvitationResponse>(As(specialist), "InvitationService.RedeemInvitation",
                                     absl::StrCat("code: '", invite(), "'"));
  common_["staff_code"] = invite();
}

void AccessWorld::Share(const std::string& customer, const std::string& provider) {
  Names& names = of_link_[{customer, provider}];
  names = of_person_[provider];
  for (const auto& [name, value] : of_person_[customer]) names[name] = value;
  names["link"] = names["provider"] + "/links/" + IdOf(names["account"]);
  const Client client = As(customer);
  Make<v1::RedeemInvitationResponse>(client, "InvitationService.RedeemInvitation",
                                     R"(code: "${code}")", names);
  Make<v1::Message>(client, "ChatService.SendMessage",
                    R"(parent: "${link}" message { text: "Hello" })", names);
  names["sold"] = Make<v1::SoldPackage>(As(provider), "PackageService.SellPackage",
                                        R"(parent: "${link}" package: "${package}")", names)
                      .name();
  names["document"] =
      Make<v1::Document>(client, "DocumentService.UploadDocument",
                         R"(header { parent: "${link}" file_name: "a.txt" } | data: "A")", names)
          .name();
}

std::string AccessWorld::Request(const std::string& customer, const std::string& provider,
                                 const std::string& start) {
  Names names = of_link_[{customer, provider}];
  names["at"] = Seconds(start);
  names["specialist"] = of_person_["carla"]["provider"];
  return Make<v1::Appointment>(As(customer), "BookingService.RequestAppointment",
                               R"(parent: "${provider}" appointment {
                                    service: "${service}" specialist: "${specialist}"
                                    start_time { seconds: ${at} } })",
                               names)
      .name();
}

void AccessWorld::Book(const std::string& customer, const std::string& provider,
                       const std::string& start) {
  Names& names = of_link_[{customer, provider}];
  names["pending"] = Request(customer, provider, start);
  names.try_emplace("started", names["pending"]);
  Names proposal = names;
  proposal["proposed"] = Seconds(kProposed);
  Make<v1::Appointment>(As(provider), "BookingService.ProposeTimes",
                        R"(name: "${pending}" start_times { seconds: ${proposed} })", proposal);
}

Client AccessWorld::CallerOf(Relation relation, const std::string& key) {
  static constexpr const char* kPeople[] = {"",       "",      "",     "nobody", "stranger",
                                            "ada",    "eva",   "rita", "bob",    "carla",
                                            "studio", "carla", "dan",  "otto"};
  static_assert(std::size(kPeople) == kRelations);
  const std::string person = kPeople[static_cast<std::size_t>(relation)];
  return {server_, key, person.empty() ? "" : "telegram:" + person};
}

std::string AccessWorld::Fill(std::string_view request, Relation relation) const {
  std::pair<std::string, std::string> link("ada", "carla");
  if (relation == Relation::kRemoved) link.first = "rita";
  if (relation == Relation::kBlocked) link.first = "bob";
  if (relation == Relation::kStaff || relation == Relation::kColleague) link.second = "studio";
  Names names = of_link_.at(link);
  names.insert(common_.begin(), common_.end());
  return Replace(request, names);
}

}  // namespace kalends::test
