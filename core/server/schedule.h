// Schedules, closures, openings and their messages.
#pragma once

#include "core/app/schedule.h"
#include "core/server/listing.h"
#include "kalends/v1/schedule_service.pb.h"

namespace kalends::server {

void Encode(const core::SpecialDate& special, v1::SpecialDate* message);
void Encode(core::ProviderId provider, const storage::ScheduleRow& row, v1::Schedule* message);
void Encode(core::ProviderId provider, const core::Closure& closure, v1::Closure* message);
void Encode(core::ProviderId provider, const core::Opening& opening, v1::Opening* message);

// By (start, id), from wherever `load` begins.
using ClosureListing = Listing<core::Closure, storage::ClosureCursor, v1::Closure>;
ClosureListing ClosuresOf(core::ProviderId provider, decltype(ClosureListing::load) load);
using OpeningListing = Listing<core::Opening, storage::OpeningCursor, v1::Opening>;
OpeningListing OpeningsOf(core::ProviderId provider, decltype(OpeningListing::load) load);

}  // namespace kalends::server
