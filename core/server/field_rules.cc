#include "core/server/field_rules.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>

#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/server/decode.h"

namespace kalends::server {

using google::protobuf::Duration;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;

struct FieldRules::Rule {
  const FieldDescriptor* field;
  std::string path;  // In the request.
  v1::FieldRules own;
  Rules of_message;  // Of the fields of the message that it holds.
};

namespace {

// No request nests deeper; a message that holds itself ends here.
constexpr int kDepthMax = 6;

std::string ToText(const v1::Span& span, std::string_view unit) {
  if (!span.has_max()) {
    return span.min() == 0 ? "must not be negative"
                           : fmt::format("must be at least {}{}", span.min(), unit);
  }
  if (!span.has_min()) return fmt::format("must be at most {}{}", span.max(), unit);
  return fmt::format("must be {} to {}{}", span.min(), span.max(), unit);
}

bool IsIn(const v1::Span& span, std::int64_t value) {
  return !(span.has_min() && value < span.min()) && !(span.has_max() && value > span.max());
}

absl::Status CheckSpan(const std::string& path, const v1::Span& span, std::int64_t value,
                       std::string_view unit = "") {
  if (IsIn(span, value)) return absl::OkStatus();
  return core::InvalidField(path, ToText(span, unit));
}

absl::Status CheckTextRules(const v1::FieldRules& rules, const std::string& path,
                            const std::string& text) {
  if (!rules.has_text()) return absl::OkStatus();
  const auto lines = rules.lines() ? core::Lines::kMany : core::Lines::kOne;
  const v1::Span& span = rules.text();
  const auto max = span.has_max() ? static_cast<std::size_t>(span.max()) : text.size();
  return core::CheckText(path, text, static_cast<std::size_t>(span.min()), max, lines);
}

absl::Status CheckDuration(const v1::FieldRules& rules, const std::string& path,
                           const Duration& duration) {
  if (rules.has_minutes()) {
    ASSIGN_OR_RETURN(const core::Minutes minutes, DecodeMinutes(path, duration));
    return CheckSpan(path, rules.minutes(), minutes.count(), " minutes");
  }
  if (!rules.has_seconds()) return absl::OkStatus();
  if (duration.nanos() != 0) return core::InvalidField(path, "must be in whole seconds");
  return CheckSpan(path, rules.seconds(), duration.seconds(), " seconds");
}

std::int64_t NumberOf(const Message& message, const FieldDescriptor& field, int index) {
  const Reflection& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return repeated ? reflection.GetRepeatedInt32(message, &field, index)
                      : reflection.GetInt32(message, &field);
    case FieldDescriptor::CPPTYPE_INT64:
      return repeated ? reflection.GetRepeatedInt64(message, &field, index)
                      : reflection.GetInt64(message, &field);
    default:
      return repeated ? reflection.GetRepeatedEnumValue(message, &field, index)
                      : reflection.GetEnumValue(message, &field);
  }
}

// Of a value that stands by itself or, at `index`, in a list.
absl::Status CheckValue(const v1::FieldRules& rules, const Message& message,
                        const FieldDescriptor& field, int index, const std::string& path) {
  const Reflection& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      return CheckTextRules(
          rules, path,
          field.is_repeated()
              ? reflection.GetRepeatedStringReference(message, &field, index, &scratch)
              : reflection.GetStringReference(message, &field, &scratch));
    }
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      if (field.message_type() != Duration::descriptor()) return absl::OkStatus();
      const Message& value = field.is_repeated()
                                 ? reflection.GetRepeatedMessage(message, &field, index)
                                 : reflection.GetMessage(message, &field);
      return CheckDuration(rules, path, static_cast<const Duration&>(value));
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int value = static_cast<int>(NumberOf(message, field, index));
      if (!rules.known() || field.enum_type()->FindValueByNumber(value) != nullptr) {
        return absl::OkStatus();
      }
      return core::InvalidField(path, "must be one of the enum " + field.enum_type()->name());
    }
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return CheckSpan(path, rules.number(), NumberOf(message, field, index));
    default:
      return absl::OkStatus();
  }
}

bool IsThere(const Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  // Without presence, what is not the default is there.
  return field.is_repeated() ? reflection.FieldSize(message, &field) > 0
                             : reflection.HasField(message, &field);
}

// Copies nothing where there is nothing to clean, which is nearly always.
void CleanText(Message& message, const FieldDescriptor& field) {
  const Reflection& reflection = *message.GetReflection();
  std::string scratch;
  const std::string& text = reflection.GetStringReference(message, &field, &scratch);
  std::string clean = core::CleanLines(text);
  if (clean != text) reflection.SetString(&message, &field, std::move(clean));
}

// What a request with an `update_mask` changes: the only message in it that has an etag.
const FieldDescriptor* ResourceOf(const google::protobuf::Descriptor& request) {
  for (int i = 0; i < request.field_count(); ++i) {
    const google::protobuf::Descriptor* type = request.field(i)->message_type();
    if (type != nullptr && type->FindFieldByName("etag") != nullptr) return request.field(i);
  }
  return nullptr;
}

bool Names(const Message& mask, const std::string& field) {
  return Masks(static_cast<const FieldMask&>(mask), field);
}

}  // namespace

FieldRules::FieldRules(const google::protobuf::Descriptor& request)
    : rules_(RulesOf(request, "", 0)),
      mask_(request.FindFieldByName("update_mask")),
      resource_(mask_ == nullptr ? nullptr : ResourceOf(request)) {}

FieldRules::~FieldRules() = default;

FieldRules::Rules FieldRules::RulesOf(const google::protobuf::Descriptor& message,
                                      const std::string& prefix, int depth) {
  Rules rules;
  if (depth > kDepthMax) return rules;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    Rule rule{field, prefix + field->name(), field->options().GetExtension(v1::field), {}};
    if (field->message_type() != nullptr)
      rule.of_message = RulesOf(*field->message_type(), rule.path + ".", depth + 1);
    if (field->options().HasExtension(v1::field) || !rule.of_message.empty()) {
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

absl::Status FieldRules::CleanAndCheck(Message& request) const {
  CleanAll(rules_, request);
  return Check(request);
}

void FieldRules::CleanAll(const Rules& rules, Message& message) {
  const Reflection& reflection = *message.GetReflection();
  for (const Rule& rule : rules) {
    const FieldDescriptor& field = *rule.field;
    if (!IsThere(message, field)) continue;
    if (rule.own.lines()) {
      CleanText(message, field);
    } else if (rule.of_message.empty() || field.is_map()) {
      continue;
    } else if (!field.is_repeated()) {
      CleanAll(rule.of_message, *reflection.MutableMessage(&message, &field));
    } else {
      for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
        CleanAll(rule.of_message, *reflection.MutableRepeatedMessage(&message, &field, i));
      }
    }
  }
}

absl::Status FieldRules::Check(const Message& request) const {
  const Message* mask =
      mask_ == nullptr ? nullptr : &request.GetReflection()->GetMessage(request, mask_);
  RETURN_IF_ERROR(CheckAll(rules_, request, {.mask = mask, .in_resource = false}));
  return resource_ == nullptr ? absl::OkStatus() : CheckEtag(request, *mask);
}

absl::Status FieldRules::CheckEtag(const Message& request, const Message& mask) const {
  const auto& type = *resource_->message_type();
  const Message& resource = request.GetReflection()->GetMessage(request, resource_);
  if (IsThere(resource, *type.FindFieldByName("etag"))) return absl::OkStatus();
  for (const std::string& path : static_cast<const FieldMask&>(mask).paths()) {
    const FieldDescriptor* field = type.FindFieldByName(path);
    if (field == nullptr || !field->is_repeated()) continue;
    return core::InvalidField(
        resource_->name() + ".etag",
        fmt::format("must be that of what was read: the update replaces all of `{}`", path));
  }
  return absl::OkStatus();
}

absl::Status FieldRules::CheckAll(const Rules& rules, const Message& message, Masked masked) {
  const Masked below{masked.in_resource ? nullptr : masked.mask, masked.mask != nullptr};
  for (const Rule& rule : rules) {
    if (masked.in_resource && masked.mask != nullptr && !Names(*masked.mask, rule.field->name())) {
      continue;
    }
    RETURN_IF_ERROR(CheckOne(rule, message));
    if (rule.of_message.empty() || !IsThere(message, *rule.field)) continue;
    const Reflection& reflection = *message.GetReflection();
    if (!rule.field->is_repeated()) {
      RETURN_IF_ERROR(CheckAll(rule.of_message, reflection.GetMessage(message, rule.field), below));
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, rule.field); ++i) {
      RETURN_IF_ERROR(core::InEntry(
          CheckAll(rule.of_message, reflection.GetRepeatedMessage(message, rule.field, i), below),
          rule.path, static_cast<std::size_t>(i)));
    }
  }
  return absl::OkStatus();
}

absl::Status FieldRules::CheckOne(const Rule& rule, const Message& message) {
  const FieldDescriptor& field = *rule.field;
  const bool there = IsThere(message, field);
  if (rule.own.required() && !there) return core::InvalidField(rule.path, "must be set");
  if (!field.is_repeated()) {
    if (field.has_presence() && !there) return absl::OkStatus();
    return CheckValue(rule.own, message, field, 0, rule.path);
  }
  const int size = message.GetReflection()->FieldSize(message, &field);
  if (rule.own.has_items() && !IsIn(rule.own.items(), size)) {
    return core::InvalidField(rule.path, ToText(rule.own.items(), ""));
  }
  if (field.is_map()) return absl::OkStatus();
  for (int i = 0; i < size; ++i) {
    RETURN_IF_ERROR(core::InEntry(CheckValue(rule.own, message, field, i, rule.path), rule.path,
                                  static_cast<std::size_t>(i)));
  }
  return absl::OkStatus();
}

}  // namespace kalends::server
