#include "core/app/notes.h"
#include "core/app/readable.h"
#include "core/base/error.h"
#include "core/base/status_macros.h"
#include "core/server/booking.h"
#include "core/server/decode.h"
#include "core/server/encode.h"
#include "core/server/links.h"
#include "core/server/privacy_export_walks.h"
#include "core/server/services.h"
#include "kalends/v1/note_service.pb.h"
#include "storage/notes.h"

namespace kalends::server {
namespace {

constexpr std::string_view kNoteSuffix = "/privateNote";

absl::StatusOr<app::NoteRef> DecodeNoteRef(const app::ReadContext& cx, std::string_view field,
                                           std::string_view name) {
  if (MatchName("providers/*/links/*/privateNote", name)) {
    ASSIGN_OR_RETURN(const auto link,
                     DecodeLinkName(cx, field, "providers/*/links/*/privateNote", name));
    return app::NoteRef(link);
  }
  if (!MatchName("providers/*/appointments/*/privateNote", name)) {
    return core::InvalidField(field,
                              "must be a name like `providers/*/links/*/privateNote` or"
                              " `providers/*/appointments/*/privateNote`");
  }
  ASSIGN_OR_RETURN(const auto appointment,
                   DecodeAppointmentRef(name.substr(0, name.size() - kNoteSuffix.size()), field));
  return app::NoteRef(appointment);
}

std::string NameOfNote(const app::NoteRef& ref, const app::NoteView& view) {
  if (const auto* link = std::get_if<core::LinkKey>(&ref)) {
    return LinkName(*link) + std::string(kNoteSuffix);
  }
  const auto& appointment = std::get<app::AppointmentRef>(ref);
  return AppointmentName(*view.provider, appointment.id) + std::string(kNoteSuffix);
}

void EncodeNote(const app::NoteRef& ref, const app::NoteView& view, v1::PrivateNote* message) {
  message->set_name(NameOfNote(ref, view));
  message->set_text(view.note.text);
  if (view.unreadable) message->add_unreadable_fields("text");
  if (view.note.written) *message->mutable_update_time() = EncodeInstant(*view.note.written);
  message->set_etag(app::EtagOf(view.note.version));
}

absl::Status GetPrivateNote(const app::ReadContext& cx, const v1::GetPrivateNoteRequest& request,
                            v1::PrivateNote* response) {
  ASSIGN_OR_RETURN(const auto ref, DecodeNoteRef(cx, "name", request.name()));
  ASSIGN_OR_RETURN(const auto view, app::GetPrivateNote(cx, ref));
  EncodeNote(ref, view, response);
  return absl::OkStatus();
}

absl::Status UpdatePrivateNote(app::WriteContext& cx, const v1::UpdatePrivateNoteRequest& request,
                               v1::PrivateNote* response) {
  RETURN_IF_ERROR(CheckMask(request.update_mask(), {"text"}));
  const v1::PrivateNote& note = request.private_note();
  ASSIGN_OR_RETURN(const auto ref, DecodeNoteRef(cx.AsRead(), "private_note.name", note.name()));
  ASSIGN_OR_RETURN(const auto view, app::UpdatePrivateNote(cx, ref, note.text(), note.etag()));
  EncodeNote(ref, view, response);
  return absl::OkStatus();
}

// One of a provider's notes, for its export.
struct OwnNote {
  app::NoteRef ref;
  app::NoteView view;
};

void EncodeOwnNote(const app::ReadContext&, const OwnNote& note, v1::PrivateNote* message) {
  EncodeNote(note.ref, note.view, message);
}

Listing<OwnNote, core::AccountId, v1::PrivateNote> CustomerNotesOf(core::ProviderId provider) {
  return {
      [=](const app::ReadContext& cx, const auto& after,
          int limit) -> absl::StatusOr<std::vector<OwnNote>> {
        return app::EachReadable(
            cx.tx,
            storage::NotedCustomers(cx.tx, provider, after.value_or(core::AccountId{-1}), limit),
            [&](core::AccountId customer) -> absl::StatusOr<OwnNote> {
              const app::NoteRef ref = core::LinkKey{provider, customer};
              ASSIGN_OR_RETURN(auto view, app::GetPrivateNote(cx, ref));
              return OwnNote{ref, std::move(view)};
            });
      },
      [](const OwnNote& note) { return std::get<core::LinkKey>(note.ref).customer; },
      EncodeOwnNote};
}

// Of one appointment: its note, if there is one.
Listing<OwnNote, int, v1::PrivateNote> NoteOn(app::AppointmentRef appointment) {
  return {[=](const app::ReadContext& cx, const auto& after,
              int) -> absl::StatusOr<std::vector<OwnNote>> {
            if (after) return std::vector<OwnNote>();
            ASSIGN_OR_RETURN(auto view, app::GetPrivateNote(cx, appointment));
            if (view.note.text.empty() && !view.unreadable) return std::vector<OwnNote>();
            return std::vector<OwnNote>{{appointment, std::move(view)}};
          },
          [](const OwnNote&) { return 0; }, EncodeOwnNote};
}

}  // namespace

// Of the provider alone: customers are not told that there are any.
extern constinit const SubjectExport kNotesExport{
    .of_provider = [](const core::Provider& provider) -> std::vector<ExportSection> {
      return {{"provider/customer_notes.json",
               "Private notes on customers.",
               {"link_notes"},
               Pages(CustomerNotesOf(provider.id))},
              {"provider/appointment_notes.json",
               "Private notes on appointments.",
               {"appointment_notes"},
               Pages(Nested(AppointmentsWithHistoryOf(storage::AsProvider{provider.id}),
                            [](const app::AppointmentView& view) {
                              return NoteOn({view.appointment.provider, view.appointment.id});
                            }))}};
    }};

Served MakeNoteService(const Serving& serving) {
  return Rpcs(serving.calls, "kalends.v1.NoteService")
      .Read(GetPrivateNote)
      .Write(UpdatePrivateNote)
      .Build();
}

}  // namespace kalends::server
