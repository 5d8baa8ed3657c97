#include "storage/invitations.h"

#include <sodium.h>

#include <limits>

#include "storage/privacy.h"
#include "storage/sealed.h"
#include "storage/values.h"

namespace kalends::storage {
namespace {

constexpr std::size_t kHashBytesKept = 16;

Place InvitationLabelPlace(core::ProviderId provider, core::InvitationId id) {
  return Place("invitations.label", provider, id);
}
Place InvitationCodePlace(core::ProviderId provider, core::InvitationId id) {
  return Place("invitations.sealed_code", provider, id);
}

core::Invitation ReadInvitation(const Row& row) {
  core::Invitation invitation;
  invitation.provider = IdAt<core::ProviderId>(row, 0);
  invitation.id = IdAt<core::InvitationId>(row, 1);
  invitation.kind = ParsedAt(row, 2, core::ParseInvitationKind);
  invitation.code = OpenedAt(row, 3, InvitationCodePlace(invitation.provider, invitation.id));
  invitation.label = OpenedAt(row, 4, InvitationLabelPlace(invitation.provider, invitation.id));
  invitation.expires = OptionalInstantAt(row, 5);
  invitation.max_uses = NumberAt(row, 6);
  invitation.uses = NumberAt(row, 7);
  invitation.revoked = OptionalInstantAt(row, 8);
  invitation.created = InstantAt(row, 9);
  return invitation;
}

}  // namespace

std::string HashOfCode(std::string_view code) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(code.data()), code.size());
  // As many bits as the code has, in its form.
  hash.resize(kHashBytesKept);
  return core::InvitationCode(hash);
}

void InsertInvitation(Transaction& tx, const core::Invitation& invitation) {
  tx.Execute(
      "INSERT INTO invitations (provider_id, id, kind, code_hash, sealed_code, label, expires_s,"
      " max_uses, uses, revoked_s, created_s)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {ToValue(invitation.provider), ToValue(invitation.id), core::NameOf(invitation.kind),
       HashOfCode(invitation.code),
       Sealed(tx, invitation.code, InvitationCodePlace(invitation.provider, invitation.id)),
       Sealed(tx, invitation.label, InvitationLabelPlace(invitation.provider, invitation.id)),
       ToValue(invitation.expires), invitation.max_uses, invitation.uses,
       ToValue(invitation.revoked), ToValue(invitation.created)});
}

void UpdateInvitation(Transaction& tx, const core::Invitation& invitation) {
  tx.Execute("UPDATE invitations SET uses = $3, revoked_s = $4 WHERE provider_id = $1 AND id = $2",
             {ToValue(invitation.provider), ToValue(invitation.id), invitation.uses,
              ToValue(invitation.revoked)});
}

std::optional<core::Invitation> FindInvitation(Transaction& tx, core::ProviderId provider,
                                               core::InvitationId id) {
  return RowOf(
      tx,
      "SELECT provider_id, id, kind, sealed_code, label, expires_s, max_uses, uses, revoked_s,"
      " created_s FROM invitations WHERE provider_id = $1 AND id = $2",
      {ToValue(provider), ToValue(id)}, ReadInvitation);
}

std::optional<core::Invitation> FindInvitationByCode(Transaction& tx, std::string_view code) {
  return RowOf(
      tx,
      "SELECT provider_id, id, kind, sealed_code, label, expires_s, max_uses, uses, revoked_s,"
      " created_s FROM invitations WHERE code_hash = $1",
      {HashOfCode(code)}, ReadInvitation);
}

std::vector<core::Invitation> ListInvitations(Transaction& tx, core::ProviderId provider,
                                              std::optional<core::InvitationId> before, int limit) {
  constexpr core::InvitationId kAboveAll{std::numeric_limits<std::int64_t>::max()};
  return RowsOf(
      tx,
      "SELECT provider_id, id, kind, sealed_code, label, expires_s, max_uses, uses, revoked_s,"
      " created_s FROM invitations WHERE provider_id = $1 AND id < $2"
      " ORDER BY id DESC LIMIT $3",
      {ToValue(provider), ToValue(before.value_or(kAboveAll)), limit}, ReadInvitation);
}

int CountInvitations(Transaction& tx, core::ProviderId provider) {
  return static_cast<int>(
      NumberOf(tx, "SELECT count(*) FROM invitations WHERE provider_id = $1", {ToValue(provider)}));
}

namespace {

constexpr std::string_view kErasedTables[] = {"invitations"};

constexpr Trace kTraces[] = {
    {core::Side::kProvider, "invitations", [](Transaction& tx, const Leaver& leaver) -> int {
       return CountOf(
           tx, "SELECT count(*) FROM invitations WHERE provider_id = $1 AND revoked_s IS NULL",
           {ToValue(*leaver.provider)});
     }}};

UnusedBlobs EraseOfProvider(Transaction& tx, const Leaver& leaver) {
  return ExecuteAll(tx, {"DELETE FROM invitations WHERE provider_id = $1"},
                    {ToValue(*leaver.provider)});
}

}  // namespace

extern constinit const Erasure kInvitationsErasure{.subject = "invitations",
                                                   .tables = kErasedTables,
                                                   .traces = kTraces,
                                                   .of_provider = EraseOfProvider};

}  // namespace kalends::storage
