// What goes when an account is erased, and how much that is: one row per subject, beside its
// queries. Rows that the books of others refer to stay, without what a person wrote. Call only
// inside Database::Read or Submit.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/links/link.h"
#include "storage/database.h"

namespace kalends::storage {

// Who goes: the account as a customer, and the provider that it is.
struct Leaver {
  core::AccountId account;
  std::optional<core::ProviderId> provider = {};
  core::Instant now = {};
  std::string request_scope = {};  // Of its first answers.
};

// The blobs that nothing refers to any more.
using UnusedBlobs = std::vector<std::string>;

// Something of the leaver's that is told before, by the name of its field in the preview.
struct Trace {
  core::Side of;  // Of the provider only where there is one.
  std::string_view field;
  int (*count)(Transaction& tx, const Leaver& leaver);
};

// A table with a reference to the leaver that stays as it is.
struct KeptTable {
  std::string_view name;
  std::string_view why;
};

// One subject's row. Every table of the schema that is somebody's stands in one of them.
struct Erasure {
  std::string_view subject;
  std::span<const std::string_view> tables;  // Of which something goes.
  std::span<const KeptTable> kept = {};
  std::span<const Trace> traces = {};
  // What the account's, and what its provider's goes. The second only where there is a provider.
  UnusedBlobs (*of_customer)(Transaction& tx, const Leaver& leaver) = nullptr;
  UnusedBlobs (*of_provider)(Transaction& tx, const Leaver& leaver) = nullptr;
};

// In the order in which they go: what refers to others before them.
std::span<const Erasure* const> Erasures();

// Takes all of it out. The rows of the account and of the provider itself stay as they are.
UnusedBlobs Erase(Transaction& tx, const Leaver& leaver);

struct TraceCount {
  core::Side of;
  std::string_view field;
  int count = 0;
};
std::vector<TraceCount> CountTraces(Transaction& tx, const Leaver& leaver,
                                    std::span<const Trace> traces);

// For the rows: a count, and statements that share their values.
int CountOf(Transaction& tx, std::string_view sql, std::initializer_list<Value> values);
UnusedBlobs ExecuteAll(Transaction& tx, std::initializer_list<std::string_view> statements,
                       std::initializer_list<Value> values);

}  // namespace kalends::storage
