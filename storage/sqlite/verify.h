// A look at all that a data directory holds, whether a core works on it or not: nothing is written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/blobs/master_keys.h"

namespace kalends::storage {

inline constexpr std::size_t kFindingsMax = 10'000;

// What is wrong, and where. `kind` is one of:
//   page         pages of the database do not fit together, or an index has not the rows it should
//   lost         the database holds nothing, and beside it lie the files of one
//   row          a row breaks a constraint
//   text         a text is not UTF-8
//   code         a word or a list of a program's that is none of those it can be
//   zone         a time zone that nobody knows
//   foreign_key  a row refers to one that is not there
//   overlap      two appointments hold the same time of a specialist
//   seal         a sealed value, or the key of a file, cannot be opened
//   file_missing, file_damaged   of a document
//   file_orphan  a file that no row knows; the next start of the core removes it
//   master_key   there is none, so that seals and files were not looked at; or it does not fit
// The core starts and serves with all but the first two and the last: what it cannot read it leaves
// out of lists, and refuses by name.
struct Finding {
  std::string kind;
  std::string place;  // "accounts.language/<id>", ids as the contract shows them; may be empty.
  std::string what;
};

// What to do about findings of a kind, in a sentence.
std::string_view AdviceFor(std::string_view kind);

struct VerifyOptions {
  std::string database;         // The file.
  std::filesystem::path blobs;  // The directory of files.
  // Other databases have files there, too: those that no row knows are no finding.
  bool shared_blobs = false;
  std::shared_ptr<const MasterKeys> keys;  // Null: there are none.
  // Told what is looked at next, as a sentence begins: "Opening messages.content". May be null.
  std::function<void(std::string_view step)> progress;
};

struct VerifyReport {
  // Columns that a version before wrote in plain, as "closures.label", and that were not looked at:
  // no damage, and sealed by the next start of the core.
  std::vector<std::string> unsealed;
  std::vector<Finding> findings;  // The first kFindingsMax.
  std::int64_t found = 0;         // All of them.
  std::int64_t sealed_values = 0;
  std::int64_t files = 0;
};

// UNAVAILABLE, NOT_FOUND, FAILED_PRECONDITION, with a sentence for people: it could not be looked
// at. What was uploaded, deleted or rotated meanwhile is no finding.
absl::StatusOr<VerifyReport> Verify(const VerifyOptions& options);

}  // namespace kalends::storage
