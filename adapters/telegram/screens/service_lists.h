// A provider's services beside each other.
#pragma once

#include <vector>

#include "adapters/telegram/actions/service_lists.h"
#include "adapters/telegram/screens/catalog.h"
#include "kalends/v1/provider_service.pb.h"

namespace kalends::telegram {

inline constexpr int kSessionsPerPage = 6;
inline constexpr int kParticipantsPerPage = 8;

// Where `service` stands among `offered`, which are in their order.
Screen ServiceOrderScreen(const Reader& reader, const std::vector<v1::Service>& offered,
                          const ServiceId& service, Nonce nonce);
Screen ArchiveScreen(const Reader& reader, const Page<v1::Service>& archived);

struct ServiceTeamView {
  v1::Service service;
  Page<v1::Provider::Specialist> team;
  Nonce nonce;
  std::string heading = {};  // HTML; may be empty.
};
Screen ServiceTeamScreen(const Reader& reader, const ServiceTeamView& view);

// What an organization would have `specialist` of its staff do, who decides for themselves.
struct HouseServicesView {
  v1::Provider::Organization house;
  Page<v1::Service> services;
  std::string specialist;  // `providers/{provider}`.
  Nonce nonce;
};
Screen HouseServicesScreen(const Reader& reader, const HouseServicesView& view);
// Whether the organization would have them do it.
bool IsMeantFor(const v1::Service& service, const std::string& specialist);

// Appointments of one group service with one start.
struct GroupSession {
  Minute start;
  std::vector<v1::Appointment> participants;
};
// The sessions of `service` among `appointments`, which are in the order of their starts.
std::vector<GroupSession> SessionsOf(const std::vector<v1::Appointment>& appointments,
                                     const std::string& service);
Screen SessionsScreen(const Reader& reader, const v1::Service& service,
                      const Page<GroupSession>& sessions);
Screen ParticipantsScreen(const Reader& reader, const v1::Service& service, Minute start,
                          const Page<v1::Appointment>& participants, int count);

}  // namespace kalends::telegram
