// A provider's week or month in numbers (SPEC 3.12): as a screen, and as a table for other
// programs. As a picture: pictures/statistics.h.
#pragma once

#include <string>

#include "adapters/telegram/actions/statistics.h"
#include "adapters/telegram/screens/common.h"
#include "kalends/v1/statistics_service.pb.h"

namespace kalends::telegram {

CountedPeriod PeriodOf(const v1::Statistics& statistics);
// "Dezember 2026", and of a week "30. Nov. – 6. Dez.". As a line begins.
std::string PeriodName(const Reader& reader, const v1::Statistics& statistics);
// "statistics-2026-12", of a week with its first day.
std::string StatisticsFileName(const Reader& reader, const v1::Statistics& statistics);

// `before`: of the period before that one, to compare with.
Screen StatisticsScreen(const Reader& reader, const v1::Statistics& statistics,
                        const v1::Statistics& before);

// A row for each day and one for all, below a row that says what is what, as the reader's language
// writes such tables: with a byte order mark, without which programs take it for another encoding.
std::string StatisticsTable(const Reader& reader, const v1::Statistics& statistics);

}  // namespace kalends::telegram
