// Every limit of the Bot API that the simulator enforces, in one table. The name carries the unit:
// code points, bytes, pieces, seconds. Observed but unpublished ones say so.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kalends::sim {

// Texts.
inline constexpr int kTextCodePointsMax = 4096;  // After parsing.
inline constexpr int kTextBytesMax = 32768;      // Before parsing.
inline constexpr int kCaptionCodePointsMax = 1024;
inline constexpr int kCallbackAnswerCodePointsMax = 200;
inline constexpr int kCopyTextCodePointsMax = 256;
inline constexpr int kPlaceholderCodePointsMax = 64;
inline constexpr int kCallbackDataBytesMax = 64;
inline constexpr int kDeepLinkPayloadMax = 64;  // Characters of A-Z a-z 0-9 _ -.
inline constexpr int kSecretTokenMax = 256;     // The same characters.

// Inline mode.
inline constexpr int kInlineQueryCodePointsMax = 256;
inline constexpr std::size_t kInlineResultsMax = 50;
inline constexpr std::size_t kInlineResultIdBytesMax = 64;

// Keyboards. Unpublished, as observed by many bots.
inline constexpr int kInlineButtonsMax = 100;
inline constexpr int kInlineButtonsPerRowMax = 8;
inline constexpr int kReplyButtonsMax = 300;
inline constexpr int kReplyButtonsPerRowMax = 12;
inline constexpr int kMarkupBytesMax = 10 * 1024;

// The bot's profile.
inline constexpr int kCommandsMax = 100;
inline constexpr int kCommandCodePointsMax = 32;
inline constexpr int kCommandDescriptionCodePointsMax = 256;
inline constexpr int kBotNameCodePointsMax = 64;
inline constexpr int kBotDescriptionCodePointsMax = 512;
inline constexpr int kBotShortDescriptionCodePointsMax = 120;

// Files.
inline constexpr std::int64_t kUploadBytesMax = 50LL << 20;
inline constexpr std::int64_t kPhotoBytesMax = 10LL << 20;
inline constexpr std::int64_t kDownloadBytesMax = 20LL << 20;  // getFile.
inline constexpr int kPhotoSidesMax = 10000;                   // Width plus height, pixels.
inline constexpr int kPhotoSideRatioMax = 20;

// Updates.
inline constexpr int kUpdatesPerCallMax = 100;
inline constexpr int kPollSecondsMax = 50;
inline constexpr std::int64_t kUpdateRetentionMs = 24LL * 3600 * 1000;
inline constexpr std::int64_t kDeleteAgeMaxMs = 48LL * 3600 * 1000;
inline constexpr std::int64_t kCallbackAnswerMaxMs = 15'000;  // Unpublished.

// Messages per time with --limits=telegram. Unpublished, as the FAQ advises.
inline constexpr int kPrivateBurst = 3;        // Then one a second.
inline constexpr int kMessagesPerSecond = 30;  // Over all chats.
inline constexpr int kGroupMessagesPerMinute = 20;

// The simulator's own.
inline constexpr int kRequestLogMax = 20000;
inline constexpr int kWaitMsMax = 120'000;
inline constexpr int kWaitMsDefault = 10'000;
inline constexpr int kPeopleMax = 1000;

}  // namespace kalends::sim
