// What an export holds: one row per subject, beside the messages of the subject.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "core/app/context.h"
#include "core/documents/documents.h"
#include "core/providers/provider.h"

namespace google::protobuf {
class Message;
}

namespace kalends::server {

// Takes the messages of one file.
using MessageSink = std::function<absl::Status(const google::protobuf::Message& message)>;

// One JSON file, an array of messages of the contract: puts the next page into the sink. False:
// that was the last one. Remembers where it is.
using ExportPages =
    std::function<absl::StatusOr<bool>(const app::ReadContext& cx, const MessageSink& sink)>;

// A folder of files: the next one, or nullopt after the last. Remembers where it is. A file that is
// gone when it is opened is left out.
struct ExportFile {
  std::string id;  // Within the folder; the file's own name follows it.
  core::FileRef ref;
};
using ExportFiles =
    std::function<absl::StatusOr<std::optional<ExportFile>>(const app::ReadContext& cx)>;

struct ExportSection {
  std::string path;                      // "customer/appointments.json", "customer/documents/".
  std::string about;                     // What is in it, in English; privacy_readme.cc has others.
  std::vector<std::string_view> tables;  // What of the schema it shows.
  std::variant<ExportPages, ExportFiles> content;
};

// One subject's row. Every table of the schema stands in a section of one of them, or a test says
// which does not.
struct SubjectExport {
  // What is the account's own or its as a customer, and what is its provider's.
  std::vector<ExportSection> (*of_customer)(core::AccountId account) = nullptr;
  std::vector<ExportSection> (*of_provider)(const core::Provider& provider) = nullptr;
};

// In the order of their files.
std::span<const SubjectExport* const> SubjectExports();

// Everything about the account, as it sees it itself: first what is its own, then what is its
// provider's. NOT_FOUND: the caller is not that account.
absl::StatusOr<std::vector<ExportSection>> SectionsOf(const app::ReadContext& cx,
                                                      core::AccountId account);

}  // namespace kalends::server
