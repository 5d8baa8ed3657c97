#include "tools/telegram_sim/params.h"

#include <algorithm>
#include <array>

#include "tools/telegram_sim/json_text.h"
#include "tools/telegram_sim/status.h"
#include "tools/telegram_sim/text.h"

namespace kalends::sim {
namespace {

using nlohmann::json;

enum class Type { kText, kInt, kFlag, kJson };
struct TypeRow {
  std::string_view name;
  Type type;
};
// Parameters that are not plain text. A name has one type in every method.
constexpr std::array kTypes = std::to_array<TypeRow>({
    {"message_id", Type::kInt},
    {"user_id", Type::kInt},
    {"message_thread_id", Type::kInt},
    {"direct_messages_topic_id", Type::kInt},
    {"offset", Type::kInt},
    {"limit", Type::kInt},
    {"timeout", Type::kInt},
    {"max_connections", Type::kInt},
    {"cache_time", Type::kInt},
    {"disable_notification", Type::kFlag},
    {"protect_content", Type::kFlag},
    {"allow_paid_broadcast", Type::kFlag},
    {"show_alert", Type::kFlag},
    {"drop_pending_updates", Type::kFlag},
    {"disable_content_type_detection", Type::kFlag},
    {"has_spoiler", Type::kFlag},
    {"show_caption_above_media", Type::kFlag},
    {"allowed_updates", Type::kJson},
    {"entities", Type::kJson},
    {"caption_entities", Type::kJson},
    {"link_preview_options", Type::kJson},
    {"suggested_post_parameters", Type::kJson},
    {"ephemeral_message_parameters", Type::kJson},
    {"reply_parameters", Type::kJson},
    {"reply_markup", Type::kJson},
    {"commands", Type::kJson},
    {"scope", Type::kJson},
    {"menu_button", Type::kJson},
    {"reaction", Type::kJson},
    {"is_big", Type::kFlag},
    {"media", Type::kJson},
    {"results", Type::kJson},
    {"button", Type::kJson},
    {"is_personal", Type::kFlag},
});

Type TypeOf(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (row.name == name) return row.type;
  }
  return Type::kText;
}

bool Lists(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

// What Telegram says of JSON it cannot read in a parameter.
std::string NotJson(const std::string& name) {
  if (name == "reply_markup") return "can't parse reply keyboard markup JSON object";
  if (name == "commands") return "can't parse commands JSON object";
  return "can't parse " + name + " JSON object";
}

absl::Status Coerce(const std::string& name, json& value) {
  const bool text = value.is_string();
  switch (TypeOf(name)) {
    case Type::kText:
      if (value.is_number_integer()) value = value.dump();
      if (!value.is_string()) return BadRequest("parameter \"" + name + "\" must be a String");
      if (!IsUtf8(value.get_ref<const std::string&>())) {
        return BadRequest("strings must be encoded in UTF-8");
      }
      return absl::OkStatus();
    case Type::kInt: {
      const auto number = text ? ToInt(Trim(value.get<std::string>())) : std::nullopt;
      if (number) value = *number;
      const bool good = value.is_number_integer();
      return good ? absl::OkStatus() : BadRequest("parameter \"" + name + "\" must be an Integer");
    }
    case Type::kFlag: {
      const bool good = value.is_boolean();
      return good ? absl::OkStatus() : BadRequest("parameter \"" + name + "\" must be a Boolean");
    }
    case Type::kJson: {
      if (!text) return absl::OkStatus();
      if (value.get<std::string>().empty()) {
        value = nullptr;
        return absl::OkStatus();
      }
      json parsed = ReadJson(value.get_ref<const std::string&>());
      if (parsed.is_discarded()) return BadRequest(NotJson(name));
      value = std::move(parsed);
      return absl::OkStatus();
    }
  }
  return absl::OkStatus();
}

// The value of `key="..."` or `key=...` in a header.
std::string HeaderValue(std::string_view header, std::string_view key) {
  const std::string wanted = std::string(key) + "=";
  std::size_t at = 0;
  while ((at = Lower(header).find(wanted, at)) != std::string::npos) {
    const bool whole = at == 0 || header[at - 1] == ' ' || header[at - 1] == ';';
    at += wanted.size();
    if (!whole) continue;
    const std::string_view rest = header.substr(at);
    if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
    return std::string(Trim(rest.substr(0, rest.find_first_of(";\r"))));
  }
  return "";
}

std::string HeaderLine(std::string_view headers, std::string_view name) {
  const std::size_t at = Lower(headers).find(std::string(name) + ":");
  if (at == std::string::npos) return "";
  const std::string_view rest = headers.substr(at + name.size() + 1);
  return std::string(Trim(rest.substr(0, rest.find("\r\n"))));
}

absl::Status DecodeMultipart(std::string_view boundary, std::string_view body, Params& params) {
  if (boundary.empty()) return BadRequest("can't parse multipart: no boundary");
  const std::string delimiter = "--" + std::string(boundary);
  std::size_t at = body.find(delimiter);
  while (at != std::string_view::npos) {
    at += delimiter.size();
    if (body.substr(at, 2) == "--") return absl::OkStatus();
    const std::size_t headers_end = body.find("\r\n\r\n", at);
    const std::size_t next = body.find("\r\n" + delimiter, headers_end);
    if (headers_end == std::string_view::npos || next == std::string_view::npos) break;
    const std::string_view headers = body.substr(at, headers_end - at);
    const std::string_view content = body.substr(headers_end + 4, next - headers_end - 4);
    const std::string disposition = HeaderLine(headers, "content-disposition");
    const std::string name = HeaderValue(disposition, "name");
    const std::string file_name = HeaderValue(disposition, "filename");
    if (file_name.empty()) {
      params.values[name] = std::string(content);
    } else {
      params.uploads[name] = {file_name, HeaderLine(headers, "content-type"), std::string(content)};
    }
    at = next + 2;
  }
  return BadRequest("can't parse multipart: unexpected end");
}

void ConvertFlags(json& values) {
  for (auto& [name, value] : values.items()) {
    if (!value.is_string() || TypeOf(name) != Type::kFlag) continue;
    const std::string text = Lower(Trim(value.get<std::string>()));
    value = text == "true" || text == "yes" || text == "1";
  }
}

}  // namespace

std::string Params::Text(const std::string& name) const {
  const auto found = values.find(name);
  return found != values.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<std::int64_t> Params::Int(const std::string& name) const {
  const auto found = values.find(name);
  if (found == values.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

bool Params::Flag(const std::string& name) const {
  const auto found = values.find(name);
  return found != values.end() && found->is_boolean() && found->get<bool>();
}

json Params::Json(const std::string& name) const {
  const auto found = values.find(name);
  return found != values.end() ? *found : json();
}

json DecodeForm(std::string_view text) {
  json values = json::object();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos) {
      values[DecodePercent(pair.substr(0, equals))] = DecodePercent(pair.substr(equals + 1));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return values;
}

absl::StatusOr<Params> DecodeParams(std::string_view query, std::string_view content_type,
                                    std::string_view body) {
  Params params;
  params.values = DecodeForm(query);
  const std::string type = Lower(Trim(content_type.substr(0, content_type.find(';'))));
  if (type == "multipart/form-data") {
    absl::Status status = DecodeMultipart(HeaderValue(content_type, "boundary"), body, params);
    if (!status.ok()) return status;
  } else if (type == "application/x-www-form-urlencoded") {
    params.values.update(DecodeForm(body));
  }
  ConvertFlags(params.values);
  if (type == "application/json" && !Trim(body).empty()) {
    const json parsed = ReadJson(body);
    if (!parsed.is_object()) return BadRequest("can't parse JSON object");
    params.values.update(parsed);
  }
  return params;
}

absl::Status CheckParams(std::string_view allowed, Params& params) {
  for (auto it = params.values.begin(); it != params.values.end();) {
    if (it->is_null()) {
      it = params.values.erase(it);
      continue;
    }
    if (!Lists(allowed, it.key())) return BadRequest("unknown parameter \"" + it.key() + "\"");
    if (absl::Status status = Coerce(it.key(), *it); !status.ok()) return status;
    it = it->is_null() ? params.values.erase(it) : std::next(it);
  }
  return absl::OkStatus();
}

json Describe(const Params& params) {
  json described = params.values;
  for (const auto& [name, upload] : params.uploads) {
    described[name] = {{"file_name", upload.file_name},
                       {"mime_type", upload.mime_type},
                       {"bytes", upload.bytes.size()}};
  }
  return described;
}

}  // namespace kalends::sim
