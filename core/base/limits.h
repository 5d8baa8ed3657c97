// Every limit of the product, in one place. Exceeding a count answers RESOURCE_EXHAUSTED
// (LIMIT_REACHED), exceeding a length or a range INVALID_ARGUMENT (INVALID_FIELD).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kalends::core {

// Texts, in Unicode code points.
inline constexpr std::size_t kNameCharsMax = 100;
inline constexpr std::size_t kDescriptionCharsMax = 2000;
inline constexpr std::size_t kReasonCharsMax = 500;
inline constexpr std::size_t kRequestNoteCharsMax = 500;  // Of a customer, with a request.
inline constexpr std::size_t kReminderTextCharsMax = 500;
inline constexpr std::size_t kLabelCharsMax = 60;
inline constexpr std::size_t kPlaceCharsMax = 500;
inline constexpr std::size_t kUrlBytesMax = 2000;
inline constexpr std::size_t kAboutCharsMax = 4000;
inline constexpr std::size_t kAddressCharsMax = 300;
inline constexpr std::size_t kEmailBytesMax = 254;
inline constexpr std::size_t kPhoneCharsMax = 30;
inline constexpr std::size_t kSlugCharsMin = 3;
inline constexpr std::size_t kSlugCharsMax = 60;
inline constexpr std::size_t kRequestIdBytesMax = 64;
inline constexpr std::size_t kIdentityBytesMax = 100;
inline constexpr std::size_t kExternalIdBytesMax = 90;  // Of another program; fits an identity.
inline constexpr std::size_t kSessionBytesMax = 4096;
inline constexpr std::size_t kMessageCharsMax =
    4000;  // Telegram's 4096 with room for who it is from.
inline constexpr std::size_t kCaptionCharsMax = 200;
inline constexpr std::size_t kNoteCharsMax = 200;
inline constexpr std::size_t kPrivateNoteCharsMax = 2000;
inline constexpr std::size_t kAttachmentNameCharsMax = 255;
inline constexpr std::size_t kMediaTypeBytesMax = 100;
inline constexpr std::size_t kFileReferenceBytesMax = 512;
inline constexpr std::size_t kBridgeKeyBytesMax = 100;  // And of a channel's other messages.

// Lists.
inline constexpr int kPageSizeDefault = 20;
inline constexpr int kPageSizeMax = 200;
inline constexpr int kServicesPerProviderMax = 200;
inline constexpr int kInvitationsPerProviderMax = 1000;
inline constexpr int kSlugsPerProviderMax = 10;  // Those of the past keep leading to the page.
inline constexpr int kSocialProfilesMax = 10;
inline constexpr int kClosuresPerProviderMax = 2000;
inline constexpr int kOpeningsPerProviderMax = 2000;
inline constexpr int kSpecialDatesPerProviderMax = 2000;
inline constexpr int kHoursPerScheduleMax = 200;  // Weekly intervals.
// Of a file of public holidays.
inline constexpr std::size_t kHolidayFileBytesMax = 256 << 10;
inline constexpr int kHolidayEntriesMax = 2000;
inline constexpr std::size_t kHolidayNestingMax = 5;
inline constexpr int kHolidayDaysMax = 100;  // Of one entry.
inline constexpr std::chrono::days kHolidaysAhead{3 * 366};
inline constexpr std::size_t kSkippedEntriesMax = 50;  // Told of.

// Of calendars kept elsewhere.
inline constexpr int kBusyCalendarsPerProviderMax = 5;
inline constexpr std::size_t kBusyTimesMax = 10'000;  // Of one calendar; tens a day for 400 days.
inline constexpr std::size_t kBusyAddressCharsMax = 2000;
inline constexpr std::chrono::days kBusyAhead{400};  // Most people book no further.
inline constexpr std::chrono::days kBusyBehind{3};   // What is over by then decides nothing.
inline constexpr int kHoursPerDateMax = 24;
inline constexpr int kOpenRequestsPerCustomerMax = 20;  // Pending, per customer and provider.
inline constexpr int kProposalsMax = 3;
inline constexpr int kAffectedScanMax = 5000;  // Appointments looked at after a schedule change.
inline constexpr int kConsentsRemindedMax = 1000;  // Customers, of a document at once.
inline constexpr int kRemindersRenewedMax = 1000;  // Appointments, the next ones, of a specialist.
inline constexpr int kTimeZonesPerAnswerMax = 50;
inline constexpr int kApiKeysMax = 200;  // That are not revoked.
inline constexpr int kAlternativesMax = 6;
inline constexpr int kRemindersMax = 5;
inline constexpr int kPaymentsPerAppointmentMax = 100;  // And per sold package.
inline constexpr int kPackagesPerProviderMax = 100;     // On offer, with archived ones.
inline constexpr int kSoldPackagesPerLinkMax = 200;
inline constexpr int kVisitsPerPackageMax = 1000;
inline constexpr int kVisitsCountedMax = 1000;  // Of a customer; more are not counted.
inline constexpr int kPackageValidDaysMax = 3660;
inline constexpr int kAttachmentsMax = 10;   // Per message.
inline constexpr int kUnreadCountMax = 100;  // More are not counted.
inline constexpr int kOpenCountMax = 100;    // The same of what waits for a provider.
// Of a provider, the last written in: among these the unread ones are counted.
inline constexpr int kThreadsCountedMax = 200;
inline constexpr int kEditsMax = 20;  // Per message.
// Of each thread and ticket, the newest: what channels call older messages is forgotten, and an
// edit there does not find them any more.
inline constexpr int kCopiedMessagesMax = 500;
inline constexpr int kOpenTicketsMax = 5;  // Per account.
inline constexpr int kSupportDesksMax = 10;
inline constexpr std::size_t kExportChunkBytesMax = 65536;
inline constexpr std::chrono::minutes kReminderLeadMin{5};
inline constexpr std::chrono::minutes kReminderLeadMax{30 * 24 * 60};

// Booking.
inline constexpr std::chrono::minutes kDurationMin{5};
inline constexpr std::chrono::minutes kDurationMax{24 * 60};
inline constexpr std::chrono::minutes kBufferMax{12 * 60};
// No hold is longer; the database's overlap trigger looks back this far.
inline constexpr std::chrono::minutes kHoldMax = kDurationMax + 2 * kBufferMax;
inline constexpr std::chrono::minutes kStepMin{5};
inline constexpr std::chrono::minutes kNoticeMax{366 * 24 * 60};
inline constexpr std::chrono::minutes kHorizonMax{3 * 366 * 24 * 60};
inline constexpr int kCapacityMax = 500;
inline constexpr int kDailyCapMax = 500;
inline constexpr std::chrono::days kSlotRangeMax{62};  // One ListSlots or ListBookableDates call.
inline constexpr std::chrono::days kClosureLengthMax{3 * 366};

// Calendar feeds.
inline constexpr std::chrono::days kFeedDaysKept{90};  // Of the past, and of what was cancelled.
inline constexpr int kFeedEntriesMax = 4000;

// Files.
inline constexpr std::int64_t kFileBytesMax = std::int64_t{50} << 20;
inline constexpr std::size_t kFileNameCharsMax = 100;
inline constexpr std::size_t kContentTypeBytesMax = 100;
inline constexpr int kDocumentsPerLinkMax = 1000;
inline constexpr std::int64_t kDocumentBytesPerLinkMax = std::int64_t{500} << 20;
inline constexpr int kDownloadLinksPerAccountMax = 200;     // That have not expired.
inline constexpr int kConsentDocumentsPerProviderMax = 50;  // That are not archived.
inline constexpr int kConsentDocumentsKeptMax = 500;        // Per provider, with archived ones.
inline constexpr std::int64_t kConsentBytesPerProviderMax = std::int64_t{2} << 30;
inline constexpr int kVersionsPerConsentDocumentMax = 200;
inline constexpr int kConsentChangesMax = 50;   // In one call.
inline constexpr int kMissingConsentsMax = 10;  // Named in one refusal; they must fit a trailer.
inline constexpr std::size_t kChannelBytesMax = 20;
inline constexpr int kRewrapBatch = 200;  // Keys of documents in one RewrapDocumentKeys call.

// Pictures of a public page.
inline constexpr std::int64_t kPictureBytesMax = std::int64_t{20} << 20;  // As Telegram gives bots.
inline constexpr std::int64_t kJpegPixelsMax = 64'000'000;  // Decoded at a fraction of its size.
inline constexpr std::int64_t kPngPixelsMax = 24'000'000;
inline constexpr std::size_t kPictureFileBytesMax = 900 << 10;  // Of each size that is made of it.
inline constexpr int kPicturesPerProviderMax = 24;              // In the gallery.
inline constexpr int kPicturesAtOnceMax = 2;                    // Being made anew.
inline constexpr std::chrono::seconds kPictureTimeMax{20};
// Free times on a public page.
inline constexpr std::size_t kPublicTimesMax = 3;  // Of each service.
inline constexpr std::size_t kPublicTimesServicesMax = 30;
inline constexpr std::chrono::days kPublicTimesAhead{28};

// Streams at once: in all, and of whoever takes them. That is the account of the call, or of the
// download link; without one the API key, and the address it calls from, each for itself.
inline constexpr int kUploadsAtOnceMax = 64;
inline constexpr int kUploadsAtOnceShare = 8;
inline constexpr int kDownloadsAtOnceMax = 256;  // Each holds a file open.
inline constexpr int kDownloadsAtOnceShare = 16;
inline constexpr int kExportsAtOnceMax = 16;
inline constexpr int kExportsAtOnceShare = 2;  // The next, while a broken one is not noticed yet.
// Where all are taken, one of who has several gives way to who has none; and of who has one, where
// its other end has kept it waiting for so long.
inline constexpr std::chrono::seconds kGiveWayAfter{5};
inline constexpr int kNotificationStreamsMax = 512;
inline constexpr int kNotificationStreamsPerKeyMax = 32;

// Connections to the core. Whoever has shown no key yet is a stranger.
inline constexpr int kConnectionsMax = 1024;         // Configurable, as the next.
inline constexpr int kConnectionsPerPeerMax = 512;   // From one address.
inline constexpr int kConnectionsMin = 16;           // With fewer files than that nothing starts.
inline constexpr int kLeavingMax = 256;              // Hung up on, and not yet closed.
inline constexpr int kFilesBesideConnections = 768;  // Streams of files, the database, kLeavingMax.
inline constexpr int kStreamsPerConnectionMax = 256;
inline constexpr std::size_t kMetadataBytesMax = 16 << 10;     // Of a request, unpacked.
inline constexpr std::size_t kHeaderBlockBytesMax = 64 << 10;  // The same of a stranger, packed.
inline constexpr int kHeaderFieldsMax = 100;                   // Of a stranger's request.
inline constexpr std::int64_t kStrangerBytesMax = 8 << 20;     // Held for one connection,
inline constexpr std::int64_t kStrangersBytesMax = 48 << 20;   // and for all of them.
inline constexpr std::size_t kTransportBytesMax = 192 << 20;   // gRPC's own, whoever it is for.
inline constexpr int kTransportThreadsMax = 64;
inline constexpr int kMessageBytesMax = (1 << 20) + (1 << 10);  // 1 MiB of a file, framed.
// Up to this, whoever shows a key is told so; beyond, gRPC refuses, which has no reasons.
inline constexpr int kMessageBytesReadMax = 4 << 20;

// Money, in the currency's smallest unit.
inline constexpr std::int64_t kPaymentMinorMax = 1'000'000'000'000;

// Rates. Exceeding one answers RESOURCE_EXHAUSTED (RATE_LIMITED) and when to try again. Chat and
// support count each for itself.
inline constexpr int kMessagesPerMinuteMax = 20;
inline constexpr int kMessagesPerDayMax = 1000;
inline constexpr int kRequestsPerDayMax = 30;  // Of appointments, per customer and provider.
// Of starts that cannot be booked, per account (of calls without one: per API key): what to offer
// instead is looked for at all specialists.
inline constexpr int kRefusedStartsPerMinuteMax = 100;
// Reminders that a provider sends by hand: of one appointment one, and in all of one customer's.
inline constexpr int kHandRemindersPerDayMax = 5;

// Of an API key, unless it was made with others. An adapter carries everybody's calls: the defaults
// stop what runs in a circle, and nothing that serves people.
inline constexpr int kKeyCallsPerSecondDefault = 100'000;  // In the long run, and at once.
inline constexpr int kKeyCallsPerSecondMax = 1'000'000;
inline constexpr int kKeyStreamsDefault = 512;  // Open at a time.
inline constexpr int kKeyStreamsMax = 10'000;

// Time.
inline constexpr std::chrono::minutes kDownloadLinkValid{5};
inline constexpr std::chrono::minutes kPagePreviewValid{30};
// After its end, to tell an expired link from an unknown one.
inline constexpr std::chrono::days kDownloadLinkKept{7};
// A stream of bytes ends when its other end has not sent or taken a message for so long.
inline constexpr std::chrono::seconds kStreamIdleMax{60};
// And when it moves slower than so many bytes in each window of waiting for its other end. That is
// half of what kalends-web asks of its readers, who are to be ended there.
inline constexpr std::chrono::seconds kPaceWindow{60};
inline constexpr std::int64_t kPaceBytes = 256 << 10;
// And when it has taken so long in all, whoever it waited for.
inline constexpr std::chrono::minutes kTransferMax{60};  // Of a file.
inline constexpr std::chrono::hours kExportMax{6};
// A stream whose key is no longer in force is cut off when its other end has not taken the status
// that says so in this time.
inline constexpr std::chrono::seconds kKeyEndGrace{1};
inline constexpr std::chrono::seconds kLastUseExact{60};  // What a crash may forget of a key.
inline constexpr std::chrono::seconds kHandshakeMax{20};
// A tool that reads the same private things leaves an audit line once an hour, or more often where
// it reads more different ones than are kept in memory.
inline constexpr std::chrono::seconds kReadingAuditedOncePer = std::chrono::hours(1);
inline constexpr int kReadingsRememberedMax = 100'000;
// How long a connection may be silent before its peer is asked whether it is there; after as long
// again without an answer it is closed. Configurable.
inline constexpr std::chrono::seconds kKeepalive{20};
// Peers may ask the same so often, also without a call; one who asks faster three times is told
// so (too_many_pings) and hung up on. Clients are known to ask every 10 s. Configurable.
inline constexpr std::chrono::seconds kPingIntervalMin{5};
inline constexpr std::chrono::minutes kConnectionIdleMax{10};   // Without a call.
inline constexpr std::chrono::hours kConnectionAgeMax{24};      // Then no new calls,
inline constexpr std::chrono::minutes kConnectionAgeGrace{10};  // and so long for those that run.
inline constexpr std::chrono::days kCorrectionPeriod{30};
inline constexpr std::chrono::days kRequestIdKept{7};
inline constexpr std::chrono::hours kAutoCompleteAfter{24};  // After the end; configurable.
inline constexpr std::chrono::days kSessionKept{30};
// Further behind the time at which the database was written last, a clock is refused at the start.
inline constexpr std::chrono::hours kClockBehindMax{24};
inline constexpr std::chrono::seconds kLeaseDefault{60};
// A notification that cannot be shown is tried so often, with so much time between, before it is
// set aside; that it was is kept for so long.
inline constexpr int kShowTriesMax = 3;
inline constexpr std::chrono::seconds kShowPause{10};
inline constexpr std::chrono::days kSetAsideKept{30};
// Messages that show one appointment to one account, and how long they are kept after its end: it
// may still be corrected and paid.
inline constexpr int kCardsPerAppointmentMax = 8;
inline constexpr std::chrono::days kCardKept{45};

}  // namespace kalends::core
