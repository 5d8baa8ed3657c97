// A provider's services beside each other: their order, who offers them, who comes to them, and
// those in the archive (SPEC 3.3, 3.11).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

enum class Declined { kNo, kYes, kMaxValue = kYes };
enum class Towards { kFront, kEnd, kMaxValue = kEnd };

// clang-format off
struct ShowServiceOrder { ServiceId service; KALENDS_ACTION("sej", service) };
struct MoveService {
  ServiceId service;
  Towards towards;
  Nonce nonce;
  KALENDS_ACTION("sek", service, towards, nonce)
};
struct ShowArchive { int page = 0; KALENDS_ACTION("sel", page) };
struct Unarchive { ServiceId service; Nonce nonce; KALENDS_ACTION("sem", service, nonce) };
struct ShowServiceTeam { ServiceId service; int page = 0; KALENDS_ACTION("sen", service, page) };
// Whether `specialist` offers it is turned round.
struct ToggleServiceSpecialist {
  ServiceId service;
  ProviderId specialist;
  Nonce nonce;
  KALENDS_ACTION("seo", service, specialist, nonce)
};
// Of an organization whose staff the reader is: what they offer there.
struct ShowHouseServices { ProviderId house; int page = 0; KALENDS_ACTION("ser", house, page) };
struct SetDeclined {
  ProviderId house;
  ServiceId service;
  Declined declined;
  Nonce nonce;
  KALENDS_ACTION("ses", house, service, declined, nonce)
};
struct ShowSessions { ServiceId service; int page = 0; KALENDS_ACTION("sep", service, page) };
struct ShowParticipants {
  ServiceId service;
  Minute start;
  int page = 0;
  KALENDS_ACTION("seq", service, start, page)
};
// clang-format on

using ServiceListsActions = Actions<ShowServiceOrder, MoveService, ShowArchive, Unarchive,
                                    ShowServiceTeam, ToggleServiceSpecialist, ShowHouseServices,
                                    SetDeclined, ShowSessions, ShowParticipants>;

}  // namespace kalends::telegram
