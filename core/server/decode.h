// Input from callers -> value types. Each function names the field it refuses.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/app/context.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/chat/chat.h"
#include "core/documents/documents.h"
#include "core/server/names.h"
#include "kalends/v1/types.pb.h"

namespace kalends::server {

// A whole second from 1970 to 2100. Missing: INVALID_FIELD.
absl::StatusOr<core::Instant> DecodeInstant(std::string_view field,
                                            const google::protobuf::Timestamp* time);
// Whole minutes.
absl::StatusOr<core::Minutes> DecodeMinutes(std::string_view field,
                                            const google::protobuf::Duration& duration);
// A valid date from 1970 to 2100.
absl::StatusOr<date::local_days> DecodeDate(std::string_view field, const v1::Date& date);

// "providers/{provider}"; "providers/me" is that of the account in the metadata.
absl::StatusOr<core::ProviderId> DecodeProvider(const app::ReadContext& cx, std::string_view field,
                                                std::string_view name);
// "accounts/{account}"; "accounts/me" is that in the metadata.
absl::StatusOr<core::AccountId> DecodeAccount(const app::ReadContext& cx, std::string_view field,
                                              std::string_view name);
// By a pattern such as "providers/*/links/*", whose second star stands for the customer's account
// or "me". `rest` gets what further stars stand for.
absl::StatusOr<core::LinkKey> DecodeLinkName(const app::ReadContext& cx, std::string_view field,
                                             std::string_view pattern, std::string_view name,
                                             std::vector<std::string_view>* rest = nullptr);

// "providers/{provider}/links/{link}"; `me` stands for the account in the metadata.
absl::StatusOr<core::LinkKey> DecodeLink(const app::ReadContext& cx, std::string_view field,
                                         std::string_view name);
// "providers/{provider}/links/{link}/documents/{document}".
absl::StatusOr<core::DocumentRef> DecodeDocumentRef(std::string_view field, std::string_view name);
// "providers/{provider}/consentDocuments/{consent_document}/versions/{version}".
absl::StatusOr<core::ConsentVersionRef> DecodeConsentVersionRef(std::string_view field,
                                                                std::string_view name);
// Either of the two.
absl::StatusOr<core::FileRef> DecodeFileRef(std::string_view field, std::string_view name);

// What a child's name says: "providers/{provider}/services/{service}" and so on.
template <typename ChildId>
struct ChildName {
  core::ProviderId provider;
  ChildId id;
};
absl::Status BadName(std::string_view field, std::string_view pattern);
template <typename ChildId>
absl::StatusOr<ChildName<ChildId>> DecodeChild(std::string_view field, std::string_view pattern,
                                               std::string_view name) {
  const auto parts = MatchName(pattern, name);
  if (!parts || parts->size() != 2) return BadName(field, pattern);
  const auto provider = core::ProviderId::Parse((*parts)[0]);
  const auto id = ChildId::Parse((*parts)[1]);
  if (!provider || !id) return BadName(field, pattern);
  return ChildName<ChildId>{*provider, *id};
}

// core::CleanLine, at most kNameCharsMax code points; `fallback` where that shows nothing. Names
// come from chat programs, where anything is a name.
std::string TidyName(std::string_view text, std::string_view fallback);

// 0: the default; too large: clamped; negative: INVALID_FIELD.
absl::StatusOr<int> DecodePageSize(std::int32_t page_size);

// Checks that the mask is not empty and names only `allowed` paths.
absl::Status CheckMask(const google::protobuf::FieldMask& mask,
                       std::initializer_list<std::string_view> allowed);
bool Masks(const google::protobuf::FieldMask& mask, std::string_view path);

}  // namespace kalends::server
