// First answers are kept for a while (SPEC 4.4).
#include "storage/requests.h"

#include <algorithm>
#include <set>

#include "absl/strings/escaping.h"
#include "core/app/duties.h"
#include "core/app/engine.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"

namespace kalends::app {
namespace {

// Request ids are the account's own, whichever key brings them.
std::string ScopeOf(const core::Caller& caller) {
  return caller.account ? RequestScope(*caller.account) : "key:" + caller.key.ToString();
}

std::string RowOf(const storage::RequestKey& key) {
  return "requests.response/" + key.scope + "/" + key.request_id;
}

}  // namespace

bool IsAnswered(const ReadContext& cx, const std::string& request_id) {
  return storage::FindRequest(cx.tx, {ScopeOf(cx.caller), request_id}).has_value();
}

// Where a first answer may be kept; a new one is kept at the first of these.
std::vector<storage::RequestKey> Engine::KeysOf(const core::Caller& caller,
                                                const Repeatable& repeatable) const {
  if (!repeatable.outlives_account) return {{ScopeOf(caller), repeatable.request_id}};
  std::vector<storage::RequestKey> keys;
  for (const std::string& hash :
       options_.master_keys->KeyedHashes("requests.request_id/" + repeatable.request_id)) {
    keys.push_back({ScopeOf(caller), absl::BytesToHexString(hash)});
  }
  return keys;
}

// As what the digest of a first answer may be kept; of a new one it is the first of these.
std::vector<std::string> Engine::DigestsOf(const storage::RequestKey& key,
                                           const Repeatable& repeatable) const {
  // With its row, so that not even equal requests look alike.
  return options_.master_keys->KeyedHashes("requests.digest/" + key.scope + "/" + key.request_id +
                                           "/" + repeatable.digest);
}

// Whether there is a first answer, which is then the answer.
absl::StatusOr<bool> Engine::Repeated(storage::Transaction& tx, const core::Caller& caller,
                                      const Repeatable& repeatable, const Answer& answer) const {
  for (const storage::RequestKey& key : KeysOf(caller, repeatable)) {
    const auto first = storage::FindRequest(tx, key);
    if (!first) continue;
    std::vector<std::string> digests = DigestsOf(key, repeatable);
    // As it was kept before there were keyed hashes.
    digests.push_back(repeatable.digest);
    if (std::find(digests.begin(), digests.end(), first->digest) == digests.end()) {
      return core::Error(core::Reason::kRequestIdReused);
    }
    if (first->response.empty()) return core::Error(core::Reason::kAnswerErased);
    ASSIGN_OR_RETURN(const std::string response,
                     options_.master_keys->OpenText(first->response, RowOf(key)));
    if (!answer.parse(response)) return core::Error(core::Reason::kInternal);
    return true;
  }
  return false;
}

absl::Status Engine::MakeAnswer(WriteContext& cx, const std::optional<Repeatable>& repeatable,
                                const Answer& answer) const {
  if (!repeatable) return answer.make(cx);
  core::Caller owner = cx.caller;
  if (repeatable->outlives_account) owner.account.reset();
  ASSIGN_OR_RETURN(const bool repeated, Repeated(cx.tx, owner, *repeatable, answer));
  if (repeated) return absl::OkStatus();
  RETURN_IF_ERROR(answer.make(cx));
  const storage::RequestKey key = KeysOf(owner, *repeatable).front();
  // Sealed, for it may repeat what somebody wrote.
  const std::string response = cx.master_keys.SealText(answer.serialize(), RowOf(key));
  std::set<core::AccountId> people = storage::PeopleBehind(cx.tx, answer.names());
  // What the account itself asked goes with it as a whole.
  if (owner.account) people.erase(*owner.account);
  storage::InsertRequest(cx.tx, key, {DigestsOf(key, *repeatable).front(), response}, people,
                         cx.now);
  return absl::OkStatus();
}

extern constinit const Duty kForgetRequests{
    "forgetting old first answers",
    [](storage::Transaction& tx, core::Instant now, const DutyOptions&) {
      return storage::HasOldRequests(tx, now - core::kRequestIdKept);
    },
    [](WriteContext& cx, const DutyOptions&) {
      storage::PurgeRequests(cx.tx, cx.now - core::kRequestIdKept, kDutyPurgedMax);
    }};

}  // namespace kalends::app
