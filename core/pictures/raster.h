// Pixels in memory.
#pragma once

#include <cstddef>
#include <vector>

namespace kalends::core {

struct Raster {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> rgb;  // 3 bytes a pixel, row by row.

  Raster() = default;
  Raster(int columns, int rows)
      : width(columns),
        height(rows),
        rgb(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) * 3) {}

  unsigned char* At(int column, int row) {
    return rgb.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                         static_cast<std::size_t>(column)) *
                            3;
  }
  const unsigned char* At(int column, int row) const {
    return const_cast<Raster*>(this)->At(column, row);
  }
};

// Each pixel the mean of those it covers. Neither side may grow, and both are at least 1.
Raster Reduced(const Raster& raster, int width, int height);

// As EXIF's orientation (1 to 8; others are 1) has it shown.
Raster Upright(const Raster& raster, int orientation);

}  // namespace kalends::core
