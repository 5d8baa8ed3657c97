// What a sold package was used for (SPEC 3.4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/telegram/screens/common.h"
#include "kalends/v1/booking_service.pb.h"
#include "kalends/v1/package_service.pb.h"

namespace kalends::telegram {

inline constexpr std::size_t kPackageUsesShown = 6;  // The newest.

struct PackageUseView {
  v1::PackageUse use;
  std::optional<v1::Appointment> appointment;  // None: it cannot be read any more.
};
struct PackageUsesView {
  v1::SoldPackage package;
  std::vector<PackageUseView> uses;  // The newest first.
  bool more = false;                 // There are older ones.
  Action back;
};
Screen PackageUsesScreen(const Reader& reader, const PackageUsesView& view);

}  // namespace kalends::telegram
