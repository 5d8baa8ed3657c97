#include "adapters/telegram/actions.h"

#include <unordered_map>

namespace kalends::telegram {
namespace {

using Decoder = std::optional<Action> (*)(std::string_view);

template <ActionType Some>
std::optional<Action> ReadAs(std::string_view callback_data) {
  const std::optional<Some> action = DecodeAs<Some>(callback_data);
  return action ? std::optional<Action>(*action) : std::nullopt;
}

template <typename... Some>
std::unordered_map<std::string_view, Decoder> DecodersOf(Actions<Some...>) {
  return {{Some::kCode, ReadAs<Some>}...};
}

}  // namespace

std::optional<Action> Decode(std::string_view callback_data) {
  static const auto kDecoders = DecodersOf(AllActions{});
  const auto found = kDecoders.find(CodeIn(callback_data));
  return found == kDecoders.end() ? std::nullopt : found->second(callback_data);
}

}  // namespace kalends::telegram
