// One Bot API request, whichever way it came: query, form, multipart or JSON become the same thing.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kalends::sim {

struct Upload {
  std::string file_name;
  std::string mime_type;
  std::string bytes;
};

struct Params {
  nlohmann::json values = nlohmann::json::object();
  std::map<std::string, Upload> uploads;  // By the name of the multipart field.

  bool Has(const std::string& name) const { return values.contains(name); }
  // The value, or what stands for a missing one: "", nothing, false, null.
  std::string Text(const std::string& name) const;
  std::optional<std::int64_t> Int(const std::string& name) const;
  bool Flag(const std::string& name) const;
  nlohmann::json Json(const std::string& name) const;
};

// Reads the query string, then the body over it. Everything but JSON arrives as strings.
absl::StatusOr<Params> DecodeParams(std::string_view query, std::string_view content_type,
                                    std::string_view body);

// name=value&..., percent-decoded; the values are strings.
nlohmann::json DecodeForm(std::string_view text);

// Gives each value the type its parameter has, and refuses names outside `allowed` (a list with
// blanks between; stricter than Telegram). Strings become numbers, flags and JSON, except that a
// flag in a JSON body must be a JSON boolean (stricter than Telegram).
absl::Status CheckParams(std::string_view allowed, Params& params);

// The parameters as the request log shows them: uploads by name, type and size.
nlohmann::json Describe(const Params& params);

}  // namespace kalends::sim
