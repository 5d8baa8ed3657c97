// Ids as buttons carry them: the last part of a resource name, 13 letters and digits.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace kalends::telegram {

inline constexpr std::size_t kShortIdLength = 13;

// The id of one kind of thing. Empty: none, where a field's comment allows it.
template <typename Tag>
struct ShortId {
  std::string text;

  bool empty() const { return text.empty(); }
  // Of the last part of `resource_name`, such as `providers/{provider}/services/{service}`.
  static ShortId Of(std::string_view resource_name) {
    return ShortId{std::string(resource_name.substr(resource_name.rfind('/') + 1))};
  }
  friend auto operator<=>(const ShortId&, const ShortId&) = default;
};

using ProviderId = ShortId<struct ProviderTag>;
using ServiceId = ShortId<struct ServiceTag>;
using AppointmentId = ShortId<struct AppointmentTag>;
using InvitationId = ShortId<struct InvitationTag>;
using ClosureId = ShortId<struct ClosureTag>;
using OpeningId = ShortId<struct OpeningTag>;
using BusyCalendarId = ShortId<struct BusyCalendarTag>;
using AccountId = ShortId<struct AccountTag>;
using PictureId = ShortId<struct PictureTag>;
using ConsentDocumentId = ShortId<struct ConsentDocumentTag>;
using PackageId = ShortId<struct PackageTag>;
using SoldPackageId = ShortId<struct SoldPackageTag>;
using PaymentId = ShortId<struct PaymentTag>;

// Resource names. Of an empty id: the empty name.
inline std::string NameOf(const ProviderId& id) {
  return id.empty() ? std::string() : "providers/" + id.text;
}
inline std::string NameOf(const ProviderId& provider, const ServiceId& id) {
  return id.empty() ? std::string() : NameOf(provider) + "/services/" + id.text;
}
inline std::string NameOf(const ProviderId& provider, const PictureId& id) {
  return NameOf(provider) + "/pictures/" + id.text;
}
inline std::string NameOf(const ProviderId& provider, const InvitationId& id) {
  return NameOf(provider) + "/invitations/" + id.text;
}
// Of a provider with a customer; and their chat.
inline std::string LinkNameOf(const ProviderId& provider, const AccountId& customer) {
  return NameOf(provider) + "/links/" + customer.text;
}
inline std::string ThreadNameOf(const ProviderId& provider, const AccountId& customer) {
  return LinkNameOf(provider, customer) + "/thread";
}
inline std::string NameOf(const ProviderId& provider, const ConsentDocumentId& id) {
  return NameOf(provider) + "/consentDocuments/" + id.text;
}
inline std::string NameOf(const AccountId& id) { return "accounts/" + id.text; }
inline std::string NameOf(const ProviderId& provider, const PackageId& id) {
  return NameOf(provider) + "/packages/" + id.text;
}
// What a provider sold a customer.
inline std::string SoldNameOf(const ProviderId& provider, const AccountId& customer,
                              const SoldPackageId& id) {
  return LinkNameOf(provider, customer) + "/soldPackages/" + id.text;
}
inline std::string NameOf(const ProviderId& provider, const ClosureId& id) {
  return NameOf(provider) + "/closures/" + id.text;
}
inline std::string NameOf(const ProviderId& provider, const OpeningId& id) {
  return NameOf(provider) + "/openings/" + id.text;
}
// Good for GetAppointment and KeepCard only.
inline std::string NameOf(const AppointmentId& id) { return "providers/-/appointments/" + id.text; }

}  // namespace kalends::telegram
