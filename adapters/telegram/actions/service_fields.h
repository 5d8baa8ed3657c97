// The fields of a provider's service, each changed by itself (SPEC 3.3).
#pragma once

#include "adapters/telegram/action.h"

namespace kalends::telegram {

// Fields that are shown together on a screen of their own.
enum class ServiceGroup { kBuffers, kDeadlines, kMaxValue = kDeadlines };
enum class AutoAccept { kOff, kOn, kMaxValue = kOn };

// clang-format off
struct ShowServiceGroup { ServiceId service; ServiceGroup group; KALENDS_ACTION("sea", service, group) };
struct AskServiceField { ServiceId service; ServiceField field; KALENDS_ACTION("seb", service, field) };
// `value`: minutes, or seats.
struct SetServiceNumber {
  ServiceId service;
  ServiceField field;
  int value = 0;
  Nonce nonce;
  KALENDS_ACTION("sec", service, field, value, nonce)
};
// A text, a link or a price: there is none any more.
struct ClearServiceField {
  ServiceId service;
  ServiceField field;
  Nonce nonce;
  KALENDS_ACTION("sed", service, field, nonce)
};
struct SetAutoAccept {
  ServiceId service;
  AutoAccept accept;
  Nonce nonce;
  KALENDS_ACTION("see", service, accept, nonce)
};
// clang-format on

using ServiceFieldsActions =
    Actions<ShowServiceGroup, AskServiceField, SetServiceNumber, ClearServiceField, SetAutoAccept>;

}  // namespace kalends::telegram
