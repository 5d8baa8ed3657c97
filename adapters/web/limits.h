// Every limit of kalends-web, in one place.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kalends::web {

inline constexpr std::uint32_t kHeaderBytesMax = 16 << 10;  // 431 beyond.
inline constexpr std::size_t kTargetBytesMax = 2000;        // 414 beyond.
inline constexpr std::size_t kLanguagesHeaderBytesMax = 500;
inline constexpr int kConnectionsDefault = 1000;  // 503 beyond.
// Requests of one visitor that are answered at a time; 429 beyond. A browser makes six.
inline constexpr int kVisitorRequestsDefault = 100;
// Downloads by one link at a time; 429 beyond. Download managers make four to eight.
inline constexpr int kDownloadsOfOneLinkMax = 8;
// Reads of one feed at a time, and in each window; 429 beyond. Programs ask once or twice an hour,
// on as many devices as people have.
inline constexpr int kFeedsAtOnceMax = 4;
inline constexpr int kFeedReadsMax = 120;
inline constexpr std::chrono::minutes kFeedReadsWindow{60};
inline constexpr std::size_t kFeedsCountedMax = 50'000;
// How often a feed asks to be read.
inline constexpr std::chrono::minutes kFeedRefresh{60};
inline constexpr std::size_t kChunkBytes = 64 << 10;
// What the system takes of an answer before its reader does: little, so that it is their pace that
// is measured.
inline constexpr int kSendBufferBytes = 128 << 10;
// A profile with all its services in all languages, as the core's limits allow it.
inline constexpr int kProfileBytesMax = 16 << 20;
// What the core may send of a download before the viewer has taken it.
inline constexpr std::size_t kStreamWindowBytes = 256 << 10;

// Of those beyond the limit of connections, how many are told so at a time; the rest is hung up on.
inline constexpr int kTurnedAwayMax = 100;

// For a whole request header, however it trickles in; also how long an idle connection is kept.
inline constexpr std::chrono::seconds kHeaderTimeout{15};
// For an answer that is no download, and for the header of one.
inline constexpr std::chrono::seconds kWriteTimeout{30};
// A download's reader who takes less than this in this time is let go: 70 kbit/s.
inline constexpr std::size_t kPaceBytes = 256 << 10;
inline constexpr std::chrono::seconds kPaceWindow{30};
// For an answer of the core, and for each part of a document.
inline constexpr std::chrono::seconds kCoreTimeout{8};
// For how long we listen to a refused client that is still sending.
inline constexpr std::chrono::seconds kLingerTimeout{2};
// When to come again who asks for more at a time than one may.
inline constexpr std::chrono::seconds kRetryAfter{5};
// What is under way may end when the program is asked to stop.
inline constexpr std::chrono::seconds kStopGrace{10};

}  // namespace kalends::web
