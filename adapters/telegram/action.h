// What a button does, as data. An action is a plain type: its code (never reused for another
// meaning) and its fields, in the order they travel in `callback_data`. The types stand by subject
// in actions/; a screen makes a button of any of them without knowing the others.
//
// Buttons carry everything their screen needs, so they outlive restarts; they carry ids and
// choices, never facts or rights: the core decides again.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

#include "adapters/telegram/action_fields.h"

namespace kalends::telegram {

inline constexpr std::size_t kCallbackDataBytesMax = 64;  // Telegram's limit.

#define KALENDS_ACTION(code, ...)                       \
  static constexpr std::string_view kCode = code;       \
  auto Fields() const { return std::tie(__VA_ARGS__); } \
  auto Fields() { return std::tie(__VA_ARGS__); }

template <typename Some>
concept ActionType = requires(Some some) {
  std::string_view(Some::kCode);
  some.Fields();
};

// The actions of a subject: each type once. The pack has no ActionType: that would be a fold, which
// clang ends at 256 types, and all actions together are more.
template <typename... Some>
struct Actions {};

namespace internal {

// Fields without their types, so that not every action is code of its own.
struct FieldToWrite {
  const void* field;
  void (*write)(std::string& out, const void* field);
};
struct FieldToRead {
  void* field;
  bool (*read)(std::string_view text, void* field);
};
std::string WriteAction(std::string_view code, std::span<const FieldToWrite> fields);
bool ReadAction(std::string_view data, std::span<const FieldToRead> fields);

template <typename Field>
FieldToWrite ToWrite(const Field& field) {
  return {&field,
          [](std::string& out, const void* some) { Write(out, *static_cast<const Field*>(some)); }};
}
template <typename Field>
FieldToRead ToRead(Field& field) {
  return {&field,
          [](std::string_view text, void* some) { return Read(text, *static_cast<Field*>(some)); }};
}

}  // namespace internal

// Writes `action` as `1:code:field:field`, at most kCallbackDataBytesMax bytes of printable ASCII.
template <ActionType Some>
std::string Encode(const Some& action) {
  return std::apply(
      [](const auto&... fields) {
        const std::array<internal::FieldToWrite, sizeof...(fields)> all = {
            internal::ToWrite(fields)...};
        return internal::WriteAction(Some::kCode, all);
      },
      action.Fields());
}

// Reads what Encode wrote of a Some. nullopt: of another type or version, or forged; any bytes may
// come.
template <ActionType Some>
std::optional<Some> DecodeAs(std::string_view callback_data);

// The code of `callback_data`; empty where it is of another version.
std::string_view CodeIn(std::string_view callback_data);

// Any action, as it travels. Made from every action type; nothing else makes one but Decode, so
// that it can always be read.
class Action {
 public:
  template <ActionType Some>
  Action(const Some& some) : data_(Encode(some)) {}

  // `callback_data`.
  const std::string& data() const { return data_; }
  // "pa" of an Accept: part of its request_id.
  std::string_view code() const { return CodeIn(data_); }
  template <ActionType Some>
  bool Is() const {
    return code() == Some::kCode;
  }
  // nullopt: it is of another type.
  template <ActionType Some>
  std::optional<Some> As() const {
    return DecodeAs<Some>(data_);
  }
  friend bool operator==(const Action&, const Action&) = default;

 private:
  std::string data_;
};

inline const std::string& Encode(const Action& action) { return action.data(); }

template <ActionType Some>
std::optional<Some> DecodeAs(std::string_view callback_data) {
  if (CodeIn(callback_data) != Some::kCode) return std::nullopt;
  Some action{};
  const bool fits = std::apply(
      [&](auto&... fields) {
        const std::array<internal::FieldToRead, sizeof...(fields)> all = {
            internal::ToRead(fields)...};
        return internal::ReadAction(callback_data, all);
      },
      action.Fields());
  return fits ? std::optional(std::move(action)) : std::nullopt;
}

}  // namespace kalends::telegram
