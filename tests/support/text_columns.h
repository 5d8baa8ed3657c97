// What every column of words or bytes holds, for tests that no words of people lie about in plain.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.h"
#include "tests/support/schema_tables.h"

namespace kalends::storage {

// kSealed: of people, sealed. kPublic: of people, for everybody to see. kOurs: nobody's words.
enum class Words { kSealed, kPublic, kOurs };

struct TextColumn {
  std::string_view name;
  Words words;
  std::string_view why;
};

inline constexpr TextColumn kTextColumns[] = {
    {"accounts.display_name", Words::kSealed, "Whose customer somebody is, is private."},
    {"accounts.language", Words::kOurs, "A code."},
    {"accounts.time_zone", Words::kOurs, "A zone's name."},
    {"api_keys.hash", Words::kOurs, "A hash."},
    {"api_keys.label", Words::kOurs, "An operator's name for a program."},
    {"api_keys.scopes", Words::kOurs, "Codes."},
    {"appointment_notes.text", Words::kSealed, "For the provider's eyes."},
    {"appointments.agreed_rules", Words::kOurs, "A version."},
    {"appointments.agreed_zone", Words::kOurs, "A zone's name."},
    {"appointments.note", Words::kSealed, "What a customer says to their provider."},
    {"appointments.place", Words::kSealed, "A link to a video call lets in who has it."},
    {"appointments.price_currency", Words::kOurs, "A code."},
    {"appointments.proposals_s", Words::kOurs, "Numbers."},
    {"appointments.service_name", Words::kPublic, "From the catalog."},
    {"appointments.status", Words::kOurs, "A code."},
    {"audit_lines.method", Words::kOurs, "A method's name."},
    {"audit_lines.resource", Words::kOurs, "Ids."},
    {"blob_store.id", Words::kOurs, "An id."},
    {"blobs.id", Words::kOurs, "An id."},
    {"blobs.master_key_id", Words::kOurs, "An id."},
    {"blobs.wrapped_key", Words::kOurs, "A key, wrapped."},
    {"busy_calendars.address", Words::kSealed, "Who has it reads the calendar."},
    {"busy_calendars.entity_tag", Words::kOurs, "A server's mark of a file."},
    {"busy_calendars.failure", Words::kOurs, "A code."},
    {"busy_calendars.kind", Words::kOurs, "A code."},
    {"busy_calendars.last_modified", Words::kOurs, "A server's date of a file."},
    {"busy_calendars.password", Words::kSealed, "Opens the calendar."},
    {"busy_calendars.user_name", Words::kSealed, "Opens the calendar."},
    {"cards.channel", Words::kOurs, "A program's name."},
    {"cards.message", Words::kOurs, "Numbers of a channel."},
    {"closures.label", Words::kSealed, "Why a provider is away."},
    {"consent_documents.display_name", Words::kPublic, "The title that whoever books is shown."},
    {"consent_records.channel", Words::kOurs, "A program's name."},
    {"consent_records.decision", Words::kOurs, "A code."},
    {"consent_versions.blob_id", Words::kOurs, "An id."},
    {"consent_versions.content_type", Words::kOurs, "A type."},
    {"consent_versions.file_name", Words::kSealed, "As its owner's disk has it."},
    {"consent_versions.sha256", Words::kOurs, "A hash."},
    {"documents.blob_id", Words::kOurs, "An id."},
    {"documents.content_type", Words::kOurs, "A type."},
    {"documents.file_name", Words::kSealed, "Says what is in it."},
    {"documents.uploader", Words::kOurs, "A code."},
    {"download_links.token_hash", Words::kOurs, "A hash."},
    {"feeds.role", Words::kOurs, "A code."},
    {"feeds.sealed_token", Words::kSealed, "Lets in who has it."},
    {"feeds.token_hash", Words::kOurs, "A hash."},
    {"identities.address", Words::kOurs, "A number that a channel gave; looked for."},
    {"identities.channel", Words::kOurs, "A program's name."},
    {"imported_appointments.external_id", Words::kOurs, "An id of another program."},
    {"imported_customers.external_id", Words::kOurs, "An id of another program, or its hash."},
    {"imported_services.external_id", Words::kOurs, "An id of another program."},
    {"invitations.code_hash", Words::kOurs, "A hash."},
    {"invitations.kind", Words::kOurs, "A code."},
    {"invitations.label", Words::kSealed, "Whom it is meant for."},
    {"invitations.sealed_code", Words::kSealed, "Lets in who has it."},
    {"link_notes.text", Words::kSealed, "For the provider's eyes."},
    {"master_keys.id", Words::kOurs, "An id."},
    {"message_copies.copy_key", Words::kOurs, "Numbers of a channel."},
    {"message_versions.text", Words::kSealed, "What people write to each other."},
    {"messages.content", Words::kSealed, "What people write to each other."},
    {"messages.sender", Words::kOurs, "A code."},
    {"notifications.actor", Words::kOurs, "A code."},
    {"notifications.kind", Words::kOurs, "A code."},
    {"notifications.reason", Words::kSealed, "Why somebody cancels."},
    {"notifications.status", Words::kOurs, "A code."},
    {"package_payments.currency", Words::kOurs, "A code."},
    {"package_payments.kind", Words::kOurs, "A code."},
    {"package_payments.note", Words::kSealed, "For the provider's eyes."},
    {"package_translations.display_name", Words::kPublic, "The catalog."},
    {"package_translations.language", Words::kOurs, "A code."},
    {"package_uses.kind", Words::kOurs, "A code."},
    {"packages.display_name", Words::kPublic, "The catalog."},
    {"packages.price_currency", Words::kOurs, "A code."},
    {"page_previews.token_hash", Words::kOurs, "A hash."},
    {"payments.currency", Words::kOurs, "A code."},
    {"payments.kind", Words::kOurs, "A code."},
    {"payments.note", Words::kSealed, "For the provider's eyes."},
    {"picture_files.blob_id", Words::kOurs, "Digits."},
    {"pictures.caption", Words::kSealed, "A page, also before it is published."},
    {"plain_texts.cursor", Words::kOurs, "Ids, and empty once a core has started."},
    {"plain_texts.place", Words::kOurs, "A column's name."},
    {"profile_slugs.slug", Words::kPublic, "The address of a public page."},
    {"profile_translations.about", Words::kSealed, "A page, also before it is published."},
    {"profiles.about", Words::kSealed, "A page, also before it is published."},
    {"profiles.accent", Words::kOurs, "A colour."},
    {"profiles.address", Words::kSealed, "A page, also before it is published."},
    {"profiles.email", Words::kSealed, "A page, also before it is published."},
    {"profiles.map_link", Words::kSealed, "A page, also before it is published."},
    {"profiles.phone", Words::kSealed, "A page, also before it is published."},
    {"profiles.slug", Words::kPublic, "The address of a public page."},
    {"profiles.theme", Words::kOurs, "A code."},
    {"profiles.website", Words::kSealed, "A page, also before it is published."},
    {"providers.currency", Words::kOurs, "A code."},
    {"providers.display_name", Words::kPublic, "What a provider is booked by; lists sort by it."},
    {"providers.kind", Words::kOurs, "A code."},
    {"providers.reminder_text", Words::kSealed, "What a provider says to its customers."},
    {"providers.reminders_min", Words::kOurs, "Numbers."},
    {"requests.digest", Words::kOurs, "A hash under the master key."},
    {"requests.request_id", Words::kOurs, "A program's number, or a hash."},
    {"requests.response", Words::kSealed, "Repeats what somebody wrote."},
    {"requests.scope", Words::kOurs, "An id."},
    {"schedules.time_zone", Words::kOurs, "A zone's name."},
    {"service_translations.description", Words::kPublic, "The catalog."},
    {"service_translations.display_name", Words::kPublic, "The catalog."},
    {"service_translations.language", Words::kOurs, "A code."},
    {"services.description", Words::kPublic, "The catalog."},
    {"services.display_name", Words::kPublic, "The catalog."},
    {"services.payment_link", Words::kSealed, "Leads to a person's account."},
    {"services.place", Words::kSealed, "A link to a video call lets in who has it."},
    {"services.price_currency", Words::kOurs, "A code."},
    {"sessions.data", Words::kSealed, "What somebody is typing, and updates that wait."},
    {"sessions.name", Words::kOurs, "A channel and a number that it gave."},
    {"set_aside.kind", Words::kOurs, "A code."},
    {"social_profiles.label", Words::kSealed, "A page, also before it is published."},
    {"social_profiles.url", Words::kSealed, "A page, also before it is published."},
    {"sold_packages.display_name", Words::kPublic, "From the catalog."},
    {"sold_packages.price_currency", Words::kOurs, "A code."},
    {"special_dates.label", Words::kSealed, "Why a provider is away."},
    {"status_changes.actor", Words::kOurs, "A code."},
    {"status_changes.from_status", Words::kOurs, "A code."},
    {"status_changes.reason", Words::kSealed, "Why somebody cancels."},
    {"status_changes.to_status", Words::kOurs, "A code."},
    {"ticket_bridges.bridge_key", Words::kOurs, "Numbers of a channel."},
    {"ticket_message_copies.copy_key", Words::kOurs, "Numbers of a channel."},
    {"ticket_message_versions.text", Words::kSealed, "What people write to support."},
    {"ticket_messages.answered_by", Words::kSealed, "Who of the team answered."},
    {"ticket_messages.author", Words::kOurs, "A code."},
    {"ticket_messages.content", Words::kSealed, "What people write to support."},
    {"tickets.state", Words::kOurs, "A code."},
    {"weekly_hours.parity", Words::kOurs, "A code."},
};

// Those that the list says are sealed.
inline std::set<std::string> SealedTextColumns() {
  std::set<std::string> names;
  for (const TextColumn& column : kTextColumns) {
    if (column.words == Words::kSealed) names.emplace(column.name);
  }
  return names;
}

// All columns of words or bytes that the migrations make.
inline std::set<std::string> TextColumnsOf(Transaction& tx) {
  std::set<std::string> columns;
  for (const std::string& table : TablesOf(tx)) {
    for (const std::string& column : TextColumnsIn(tx, table)) columns.insert(table + "." + column);
  }
  return columns;
}

}  // namespace kalends::storage
