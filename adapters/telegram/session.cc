#include "adapters/telegram/session.h"

#include <type_traits>
#include <utility>

#include "adapters/telegram/json_reader.h"

namespace kalends::telegram {
namespace {

using Json = nlohmann::json;
constexpr int kSessionVersion = 1;

template <typename Field>
Json ToJson(const Field& field) {
  if constexpr (std::is_enum_v<Field>) {
    return static_cast<int>(field);
  } else {
    return field;
  }
}

template <typename Field>
bool FromJson(const Json& json, Field& field) {
  if constexpr (std::is_enum_v<Field>) {
    if (!json.is_number_integer()) return false;
    const int value = json.get<int>();
    if (value < 0 || value > static_cast<int>(Field::kMaxValue)) return false;
    field = static_cast<Field>(value);
  } else if constexpr (std::is_same_v<Field, std::string>) {
    if (!json.is_string()) return false;
    field = json.get<std::string>();
  } else {
    if (!json.is_number_integer()) return false;
    field = json.get<Field>();
  }
  return true;
}

Json DialogueJson(const Dialogue& dialogue) {
  return std::visit(
      [](auto some) {
        Json json = Json::array({some.kName});
        std::apply([&](const auto&... fields) { (json.push_back(ToJson(fields)), ...); },
                   some.Fields());
        return json;
      },
      dialogue);
}

template <typename Some>
bool ReadAs(const Json& json, Dialogue& dialogue) {
  if (json[0] != Some::kName) return false;
  Some some{};
  std::size_t index = 0;
  const bool fits = std::apply(
      [&](auto&... fields) {
        return json.size() == sizeof...(fields) + 1 && (FromJson(json[++index], fields) && ...);
      },
      some.Fields());
  if (fits) dialogue = std::move(some);
  return true;
}

template <std::size_t... kIndex>
Dialogue ReadAny(const Json& json, std::index_sequence<kIndex...>) {
  Dialogue dialogue;
  (ReadAs<std::variant_alternative_t<kIndex, Dialogue>>(json, dialogue) || ...);
  return dialogue;
}

Dialogue ReadDialogue(const Json& json) {
  if (!json.is_array() || json.empty()) return {};
  return ReadAny(json, std::make_index_sequence<std::variant_size_v<Dialogue>>());
}

std::int64_t ReadNumber(const Json& json) {
  return json.is_number_integer() ? json.get<std::int64_t>() : 0;
}

ShownText ReadShown(const Json& json) {
  if (!json.is_array() || json.size() != 2) return {};
  if (!json[0].is_number_integer() || !json[1].is_string()) return {};
  return {Nonce{json[0].get<std::uint64_t>()}, json[1].get<std::string>()};
}

// RequestNote, ReplacedRequest and PayingPackage.
template <typename ForProvider>
ForProvider ReadForProvider(const Json& json) {
  if (!json.is_array() || json.size() != 3 || !json[0].is_string()) return {};
  if (!json[1].is_number_integer() || !json[2].is_string()) return {};
  return {json[0].get<std::string>(), Nonce{json[1].get<std::uint64_t>()},
          json[2].get<std::string>()};
}

WantedService ReadWanted(const Json& json) {
  if (!json.is_array() || json.size() < 2 || json.size() > 3) return {};
  if (!json[0].is_string() || !json[1].is_string()) return {};
  WantedService wanted{json[0].get<std::string>(), json[1].get<std::string>()};
  if (json.size() == 3 && json[2].is_number_integer()) wanted.start = json[2].get<std::int64_t>();
  return wanted;
}

WantedName ReadRegisters(const Json& json) {
  WantedName read;
  if (!json.is_array() || json.size() != 2) return {};
  if (!FromJson(json[0], read.kind) || !FromJson(json[1], read.name)) return {};
  return read;
}

MenuCounts ReadCounts(const Json& json) {
  if (!json.is_array() || json.size() != 2) return {};
  return {static_cast<int>(ReadNumber(json[0])), static_cast<int>(ReadNumber(json[1]))};
}

std::vector<std::int64_t> ReadAnswers(const Json& json) {
  std::vector<std::int64_t> answers;
  if (!json.is_array() || json.size() > kAnswersMax) return {};
  for (const Json& answer : json) {
    if (ReadNumber(answer) != 0) answers.push_back(ReadNumber(answer));
  }
  return answers;
}

}  // namespace

bool IsSameQuestion(const Dialogue& a, const Dialogue& b) {
  return DialogueJson(a) == DialogueJson(b);
}

std::string WriteSession(const Session& session) {
  const bool types = !std::holds_alternative<TypesNothing>(session.dialogue);
  if (session.screen == 0 && !types && session.answered_update.empty() && session.answers.empty() &&
      session.question == 0 && session.setup == SetupStep::kDone && session.shown.text.empty() &&
      session.note.text.empty() && session.replaced.appointment.empty() &&
      session.pays.package.empty() && session.wanted.provider.empty() &&
      session.registers.name.empty() && session.joins.empty() && !session.as_customer &&
      session.counts == MenuCounts{} && session.counter == 0 && session.commands.empty()) {
    return {};
  }
  Json json = {{"v", kSessionVersion}, {"screen", session.screen}};
  if (session.screen != 0 || session.question != 0 || session.counter != 0 ||
      !session.commands.empty()) {
    json["bot"] = session.bot;
  }
  if (types) json["dialogue"] = DialogueJson(session.dialogue);
  if (session.question != 0) json["question"] = session.question;
  if (session.setup != SetupStep::kDone) json["setup"] = ToJson(session.setup);
  if (!session.answered_update.empty()) {
    json["update"] = session.answered_update;
    json["answered"] = DialogueJson(session.answered);
  }
  if (!session.answers.empty()) json["answers"] = session.answers;
  if (!session.shown.text.empty()) {
    json["shown"] = {session.shown.nonce.value, session.shown.text};
  }
  const RequestNote& note = session.note;
  if (!note.text.empty()) json["note"] = {note.provider, note.nonce.value, note.text};
  const ReplacedRequest& replaced = session.replaced;
  if (!replaced.appointment.empty()) {
    json["replaced"] = {replaced.provider, replaced.nonce.value, replaced.appointment};
  }
  const PayingPackage& pays = session.pays;
  if (!pays.package.empty()) json["pays"] = {pays.provider, pays.nonce.value, pays.package};
  const WantedService& wanted = session.wanted;
  if (!wanted.provider.empty()) json["wanted"] = {wanted.provider, wanted.service, wanted.start};
  const WantedName& registers = session.registers;
  if (!registers.name.empty()) json["registers"] = {ToJson(registers.kind), registers.name};
  if (!session.joins.empty()) json["joins"] = session.joins;
  if (session.as_customer) json["as_customer"] = 1;
  if (session.counts != MenuCounts{}) {
    json["counts"] = {session.counts.requests, session.counts.chats};
  }
  if (session.counter != 0) json["counter"] = session.counter;
  if (!session.commands.empty()) json["commands"] = session.commands;
  std::string data = WriteJson(json);
  if (data.size() > kSessionBytesMax && json.erase("note") > 0) data = WriteJson(json);
  return data;
}

Session ReadSession(std::string_view data) {
  Session session;
  const Json json = ReadJson(data);
  if (!json.is_object() || json.value("v", Json()) != kSessionVersion) return session;
  session.bot = ReadNumber(json.value("bot", Json()));
  session.screen = ReadNumber(json.value("screen", Json()));
  session.dialogue = ReadDialogue(json.value("dialogue", Json()));
  FromJson(json.value("update", Json()), session.answered_update);
  session.answered = ReadDialogue(json.value("answered", Json()));
  session.answers = ReadAnswers(json.value("answers", Json()));
  FromJson(json.value("setup", Json()), session.setup);
  session.question = ReadNumber(json.value("question", Json()));
  session.shown = ReadShown(json.value("shown", Json()));
  session.note = ReadForProvider<RequestNote>(json.value("note", Json()));
  session.replaced = ReadForProvider<ReplacedRequest>(json.value("replaced", Json()));
  session.pays = ReadForProvider<PayingPackage>(json.value("pays", Json()));
  session.wanted = ReadWanted(json.value("wanted", Json()));
  session.registers = ReadRegisters(json.value("registers", Json()));
  FromJson(json.value("joins", Json()), session.joins);
  session.as_customer = ReadNumber(json.value("as_customer", Json())) == 1;
  session.counts = ReadCounts(json.value("counts", Json()));
  session.counter = ReadNumber(json.value("counter", Json()));
  FromJson(json.value("commands", Json()), session.commands);
  return session;
}

}  // namespace kalends::telegram
