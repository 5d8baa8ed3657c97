#include "core/base/detail.h"

#include "absl/strings/cord.h"

namespace kalends::core {
namespace {

constexpr char kDetailUrl[] = "kalends/detail";

}  // namespace

// A payload is bytes, and the value is none. So its bytes are those of the std::any that holds it,
// as memory which the Cord owns and never copies: every copy of the status shares it, the last one
// deletes it, and where the bytes lie is where the std::any is. Instead: an encoding for each type,
// which is one more text to write and to parse.
absl::Status AttachDetail(absl::Status status, std::any detail) {
  const auto* held = new std::any(std::move(detail));
  status.SetPayload(kDetailUrl,
                    absl::MakeCordFromExternal({reinterpret_cast<const char*>(held), sizeof(*held)},
                                               [held](absl::string_view) { delete held; }));
  return status;
}

std::any FindDetail(const absl::Status& status) {
  const auto payload = status.GetPayload(kDetailUrl);
  if (!payload) return {};
  // In one piece, as it is the one piece that was put in.
  return *reinterpret_cast<const std::any*>(payload->TryFlat().value().data());
}

}  // namespace kalends::core
