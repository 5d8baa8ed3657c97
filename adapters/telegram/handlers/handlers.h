// What happens for each action, command and typed text. An action without a handler does not link.
//
// A handler draws its result with Turn::Show and returns OK, or returns the core's refusal, which
// the router shows as an error screen.
#pragma once

#include "adapters/telegram/turn.h"

namespace kalends::telegram {

absl::Status Handle(Turn& turn, const Noop& action);
absl::Status Handle(Turn& turn, const ShowHome& action);
absl::Status Handle(Turn& turn, const ShowOffsets& action);
absl::Status Handle(Turn& turn, const PickOffset& action);
absl::Status Handle(Turn& turn, const SkipZone& action);
absl::Status Handle(Turn& turn, const SetZone& action);
absl::Status Handle(Turn& turn, const ShowSettings& action);
absl::Status Handle(Turn& turn, const ShowLanguages& action);
absl::Status Handle(Turn& turn, const SetLanguage& action);
absl::Status Handle(Turn& turn, const ShowAbout& action);
absl::Status Handle(Turn& turn, const ShowSupport& action);
absl::Status Handle(Turn& turn, const ShowProviders& action);
absl::Status Handle(Turn& turn, const PickProvider& action);
absl::Status Handle(Turn& turn, const PickService& action);
absl::Status Handle(Turn& turn, const ShowMonth& action);
absl::Status Handle(Turn& turn, const PickDay& action);
absl::Status Handle(Turn& turn, const PickSlot& action);
absl::Status Handle(Turn& turn, const AskNote& action);
absl::Status Handle(Turn& turn, const RemoveNote& action);
absl::Status Handle(Turn& turn, const ConfirmRequest& action);
absl::Status Handle(Turn& turn, const ShowUpcoming& action);
absl::Status Handle(Turn& turn, const ShowPast& action);
absl::Status Handle(Turn& turn, const ShowAppointment& action);
absl::Status Handle(Turn& turn, const ShowMeetingInfo& action);
absl::Status Handle(Turn& turn, const SendCalendarFile& action);
absl::Status Handle(Turn& turn, const AskCancel& action);
absl::Status Handle(Turn& turn, const Cancel& action);
absl::Status Handle(Turn& turn, const CancelForShownReason& action);
absl::Status Handle(Turn& turn, const ChooseProposed& action);
absl::Status Handle(Turn& turn, const OpenChat& action);
absl::Status Handle(Turn& turn, const ShowChat& action);
absl::Status Handle(Turn& turn, const LeaveChat& action);
absl::Status Handle(Turn& turn, const ShowThreads& action);
absl::Status Handle(Turn& turn, const ShowPrivacy& action);
absl::Status Handle(Turn& turn, const ExportData& action);
absl::Status Handle(Turn& turn, const AskDeleteAccount& action);
absl::Status Handle(Turn& turn, const DeleteAccount& action);
absl::Status Handle(Turn& turn, const ShowConsents& action);
absl::Status Handle(Turn& turn, const DownloadConsents& action);
absl::Status Handle(Turn& turn, const AskChangeConsents& action);
absl::Status Handle(Turn& turn, const ChangeConsents& action);
absl::Status Handle(Turn& turn, const DownloadMissing& action);
absl::Status Handle(Turn& turn, const SignMissing& action);
absl::Status Handle(Turn& turn, const DownloadMissingFor& action);
absl::Status Handle(Turn& turn, const SignMissingFor& action);
absl::Status Handle(Turn& turn, const OpenDocuments& action);
absl::Status Handle(Turn& turn, const ShowDocuments& action);
absl::Status Handle(Turn& turn, const DownloadDocuments& action);
absl::Status Handle(Turn& turn, const AskUpload& action);
absl::Status Handle(Turn& turn, const AskDeleteDocuments& action);
absl::Status Handle(Turn& turn, const DeleteDocuments& action);
absl::Status Handle(Turn& turn, const ShowCustomers& action);
absl::Status Handle(Turn& turn, const ShowConsentDocuments& action);
absl::Status Handle(Turn& turn, const ShowConsentDocument& action);
absl::Status Handle(Turn& turn, const AskConsentFile& action);
absl::Status Handle(Turn& turn, const SetConsent& action);
absl::Status Handle(Turn& turn, const AskArchiveConsentDocument& action);
absl::Status Handle(Turn& turn, const ArchiveConsentDocument& action);
absl::Status Handle(Turn& turn, const ShowSignatures& action);
absl::Status Handle(Turn& turn, const DownloadConsentDocument& action);
absl::Status Handle(Turn& turn, const AskRemoveProvider& action);
absl::Status Handle(Turn& turn, const RemoveProvider& action);
absl::Status Handle(Turn& turn, const ShowSpecialists& action);
absl::Status Handle(Turn& turn, const ShowProvider& action);
absl::Status Handle(Turn& turn, const ShowRegistration& action);
absl::Status Handle(Turn& turn, const AskRegister& action);
absl::Status Handle(Turn& turn, const Register& action);
absl::Status Handle(Turn& turn, const RegisterAsShown& action);
absl::Status Handle(Turn& turn, const ShowSetup& action);
absl::Status Handle(Turn& turn, const SkipSetup& action);
absl::Status Handle(Turn& turn, const EndSetup& action);
absl::Status Handle(Turn& turn, const ShowRequests& action);
absl::Status Handle(Turn& turn, const Accept& action);
absl::Status Handle(Turn& turn, const AcceptAs& action);
absl::Status Handle(Turn& turn, const AskReject& action);
absl::Status Handle(Turn& turn, const Reject& action);
absl::Status Handle(Turn& turn, const RejectForShownReason& action);
absl::Status Handle(Turn& turn, const Complete& action);
absl::Status Handle(Turn& turn, const MarkMissed& action);
absl::Status Handle(Turn& turn, const ProposeMonth& action);
absl::Status Handle(Turn& turn, const ProposeDay& action);
absl::Status Handle(Turn& turn, const ReviewProposal& action);
absl::Status Handle(Turn& turn, const SendProposal& action);
absl::Status Handle(Turn& turn, const ShowDay& action);
absl::Status Handle(Turn& turn, const ShowAgenda& action);
absl::Status Handle(Turn& turn, const ShowInvitations& action);
absl::Status Handle(Turn& turn, const EditInvitation& action);
absl::Status Handle(Turn& turn, const CreateInvitation& action);
absl::Status Handle(Turn& turn, const ShowInvitation& action);
absl::Status Handle(Turn& turn, const SendQrCode& action);
absl::Status Handle(Turn& turn, const AskRevoke& action);
absl::Status Handle(Turn& turn, const Revoke& action);
absl::Status Handle(Turn& turn, const ShowServices& action);
absl::Status Handle(Turn& turn, const ShowService& action);
absl::Status Handle(Turn& turn, const AskServiceName& action);
absl::Status Handle(Turn& turn, const PickDuration& action);
absl::Status Handle(Turn& turn, const CreateFreeService& action);
absl::Status Handle(Turn& turn, const AskArchive& action);
absl::Status Handle(Turn& turn, const Archive& action);
absl::Status Handle(Turn& turn, const ShowProfile& action);
absl::Status Handle(Turn& turn, const SetVisibility& action);
absl::Status Handle(Turn& turn, const AskAboutText& action);
absl::Status Handle(Turn& turn, const RemoveAboutText& action);
absl::Status Handle(Turn& turn, const ShowHours& action);
absl::Status Handle(Turn& turn, const PickWeekdays& action);
absl::Status Handle(Turn& turn, const PickFrom& action);
absl::Status Handle(Turn& turn, const PickTo& action);
absl::Status Handle(Turn& turn, const ReviewHours& action);
absl::Status Handle(Turn& turn, const ReplaceHours& action);
absl::Status Handle(Turn& turn, const AddHours& action);
absl::Status Handle(Turn& turn, const ClearHours& action);

// A typed text that a dialogue waits for.
absl::Status Handle(Turn& turn, const TypesNothing& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesCity& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesCancelReason& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesRejectReason& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesProviderName& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesInvitationLabel& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesServiceName& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesServiceDuration& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesServicePrice& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesNote& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesAbout& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesMessage& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesSupport& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const SendsDocuments& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const SendsConsentDocument& dialogue, const std::string& text);
absl::Status Handle(Turn& turn, const TypesHours& dialogue, const std::string& text);

// `/start`, with the payload of a deep link or without (SPEC 2.1).
absl::Status OnStart(Turn& turn, const std::string& payload);

}  // namespace kalends::telegram
