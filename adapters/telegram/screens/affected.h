// Appointments that lie outside a provider's hours.
#pragma once

#include <vector>

#include "adapters/telegram/actions/affected.h"
#include "adapters/telegram/screens/common.h"

namespace kalends::telegram {

inline constexpr std::size_t kAffectedShown = 3;

// What a change has hit.
struct AffectedView {
  std::vector<v1::Appointment> first;  // At most kAffectedShown.
  int count = 0;
};
// Names them below what `screen` says, with the button that goes through them; nothing where there
// are none.
void AddAffected(const Reader& reader, Screen& screen, const AffectedView& affected);
// That button, first of all.
void AddAffectedButton(const Reader& reader, Screen& screen, int count);

// One of `count`: leave it, move it, or cancel it.
struct AffectedOneView {
  v1::Appointment appointment;
  int place = 0;  // From 0.
  int count = 0;
  Nonce nonce;
  std::string heading = {};  // HTML; may be empty.
};
Screen AffectedScreen(const Reader& reader, const AffectedOneView& view);
// After the last one; `left` are still outside.
Screen AffectedDoneScreen(const Reader& reader, int left, const std::string& heading);
// `reason`: as typed, to be shown once more; may be empty.
Screen AskCancelAffectedScreen(const Reader& reader, const v1::Appointment& appointment, int place,
                               const std::string& reason, Nonce nonce);

}  // namespace kalends::telegram
