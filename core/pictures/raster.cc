#include "core/pictures/raster.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kalends::core {
namespace {

// What part of the source's pixels [first, first + weights.size()) one pixel is made of;
// together 1.
struct Span {
  int first = 0;
  std::vector<float> weights;
};

std::vector<Span> SpansOf(int from, int to) {
  std::vector<Span> spans;
  const double step = static_cast<double>(from) / to;
  for (int i = 0; i < to; ++i) {
    const double start = i * step;
    const double end = std::min((i + 1) * step, static_cast<double>(from));
    Span span{.first = std::min(static_cast<int>(start), from - 1), .weights = {}};
    for (int at = span.first; at < from && at < end; ++at) {
      const double covered = std::min(end, at + 1.0) - std::max(start, static_cast<double>(at));
      span.weights.push_back(static_cast<float>(covered / (end - start)));
    }
    spans.push_back(std::move(span));
  }
  return spans;
}

unsigned char ToByte(float value) {
  return static_cast<unsigned char>(std::clamp(std::lround(value), 0L, 255L));
}

}  // namespace

Raster Reduced(const Raster& raster, int width, int height) {
  Raster reduced(width, height);
  const std::vector<Span> columns = SpansOf(raster.width, width);
  const std::vector<Span> rows = SpansOf(raster.height, height);
  std::vector<float> sums(static_cast<std::size_t>(width) * 3);
  for (int y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    const Span& row = rows[static_cast<std::size_t>(y)];
    for (std::size_t down = 0; down < row.weights.size(); ++down) {
      for (int x = 0; x < width; ++x) {
        const Span& column = columns[static_cast<std::size_t>(x)];
        const unsigned char* from = raster.At(column.first, row.first + static_cast<int>(down));
        float* sum = &sums[static_cast<std::size_t>(x) * 3];
        for (const float across : column.weights) {
          const float weight = across * row.weights[down];
          for (int c = 0; c < 3; ++c) sum[c] += weight * static_cast<float>(from[c]);
          from += 3;
        }
      }
    }
    std::transform(sums.begin(), sums.end(), reduced.At(0, y), ToByte);
  }
  return reduced;
}

Raster Upright(const Raster& raster, int orientation) {
  if (orientation <= 1 || orientation > 8) return raster;
  const bool swapped = orientation >= 5;
  const bool mirrored =
      orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
  // By how many quarters, clockwise, after it was mirrored left to right.
  constexpr int kQuarters[] = {0, 0, 0, 2, 2, 3, 1, 1, 3};
  const int quarters = kQuarters[orientation];
  Raster upright(swapped ? raster.height : raster.width, swapped ? raster.width : raster.height);
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      const int from_left = mirrored ? raster.width - 1 - x : x;
      int to_x = from_left;
      int to_y = y;
      if (quarters == 1) {
        to_x = raster.height - 1 - y;
        to_y = from_left;
      } else if (quarters == 2) {
        to_x = raster.width - 1 - from_left;
        to_y = raster.height - 1 - y;
      } else if (quarters == 3) {
        to_x = y;
        to_y = raster.width - 1 - from_left;
      }
      std::copy_n(raster.At(x, y), 3, upright.At(to_x, to_y));
    }
  }
  return upright;
}

}  // namespace kalends::core
