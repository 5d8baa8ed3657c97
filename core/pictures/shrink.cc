#include "core/pictures/shrink.h"

#include <png.h>

#include <cstdint>
#include <cstdio>
// After <cstdio>, whose FILE it needs.
#include <jpeglib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "core/base/limits.h"
#include "core/pictures/exif.h"
#include "core/pictures/raster.h"

namespace kalends::core {
namespace {

constexpr int kWidths[] = {1280, 640, 320};
constexpr int kScansMax = 50;  // Of a progressive JPEG; cameras write ten.
constexpr int kQualities[] = {82, 70, 55, 40};

[[noreturn]] void NoPicture() { std::_Exit(kNoPictureExit); }

void RefuseManyScans(j_common_ptr decoder) {
  if (reinterpret_cast<j_decompress_ptr>(decoder)->input_scan_number > kScansMax) NoPicture();
}

std::int64_t PixelsOf(std::int64_t width, std::int64_t height) { return width * height; }

// The size at which `width` is at most `widest` and the height at most twice that.
std::pair<int, int> FitInto(int width, int height, int widest) {
  const double scale = std::min({1.0, static_cast<double>(widest) / width, 2.0 * widest / height});
  return {std::max(1, static_cast<int>(std::lround(width * scale))),
          std::max(1, static_cast<int>(std::lround(height * scale)))};
}

// How many eighths of each side are decoded: as few as leave enough for the widest of ours.
unsigned EighthsFor(unsigned width, unsigned height) {
  const unsigned shorter = std::min(width, height);
  for (const unsigned eighths : {1U, 2U, 4U}) {
    if (shorter * eighths / 8 >= static_cast<unsigned>(kWidths[0])) return eighths;
  }
  return 8;
}

int OrientationOf(const jpeg_decompress_struct& decoder) {
  for (const jpeg_marker_struct* marker = decoder.marker_list; marker != nullptr;
       marker = marker->next) {
    const int orientation =
        OrientationIn({reinterpret_cast<const char*>(marker->data), marker->data_length});
    if (orientation != 1) return orientation;
  }
  return 1;
}

// Pixels as they are stored, and how they are to be turned.
struct Decoded {
  Raster raster;
  int orientation = 1;
};

Decoded DecodeJpeg(std::string_view bytes) {
  jpeg_decompress_struct decoder{};
  jpeg_error_mgr errors{};
  jpeg_progress_mgr progress{};
  decoder.err = jpeg_std_error(&errors);
  errors.error_exit = [](j_common_ptr) { NoPicture(); };
  errors.output_message = [](j_common_ptr) {};
  jpeg_create_decompress(&decoder);
  progress.progress_monitor = RefuseManyScans;
  decoder.progress = &progress;
  jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_save_markers(&decoder, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(&decoder, TRUE);
  if (PixelsOf(decoder.image_width, decoder.image_height) > kJpegPixelsMax) NoPicture();
  decoder.out_color_space = JCS_RGB;
  decoder.scale_num = EighthsFor(decoder.image_width, decoder.image_height);
  decoder.scale_denom = 8;
  jpeg_start_decompress(&decoder);
  if (decoder.output_components != 3) NoPicture();
  Decoded decoded{
      Raster(static_cast<int>(decoder.output_width), static_cast<int>(decoder.output_height)),
      OrientationOf(decoder)};
  while (decoder.output_scanline < decoder.output_height) {
    JSAMPROW row = decoded.raster.At(0, static_cast<int>(decoder.output_scanline));
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  jpeg_destroy_decompress(&decoder);
  return decoded;
}

Decoded DecodePng(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) NoPicture();
  if (PixelsOf(image.width, image.height) > kPngPixelsMax) NoPicture();
  image.format = PNG_FORMAT_RGB;
  Decoded decoded{Raster(static_cast<int>(image.width), static_cast<int>(image.height))};
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, decoded.raster.rgb.data(), 0, nullptr) == 0) {
    NoPicture();
  }
  return decoded;
}

std::string ToJpeg(const Raster& raster, int quality) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);
  errors.error_exit = [](j_common_ptr) { NoPicture(); };
  jpeg_create_compress(&encoder);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &bytes, &size);
  encoder.image_width = static_cast<JDIMENSION>(raster.width);
  encoder.image_height = static_cast<JDIMENSION>(raster.height);
  encoder.input_components = 3;
  encoder.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder);
  jpeg_set_quality(&encoder, quality, TRUE);
  jpeg_simple_progression(&encoder);
  jpeg_start_compress(&encoder, TRUE);
  while (encoder.next_scanline < encoder.image_height) {
    JSAMPROW row =
        const_cast<unsigned char*>(raster.At(0, static_cast<int>(encoder.next_scanline)));
    jpeg_write_scanlines(&encoder, &row, 1);
  }
  jpeg_finish_compress(&encoder);
  std::string jpeg(reinterpret_cast<const char*>(bytes), size);
  jpeg_destroy_compress(&encoder);
  std::free(bytes);
  return jpeg;
}

// As good as fits into a file.
ShrunkPicture Encoded(const Raster& raster) {
  ShrunkPicture picture{raster.width, raster.height, {}};
  for (const int quality : kQualities) {
    picture.jpeg = ToJpeg(raster, quality);
    if (picture.jpeg.size() <= kPictureFileBytesMax) return picture;
  }
  NoPicture();
}

Raster UprightAndWidest(const Decoded& decoded) {
  const bool swapped = decoded.orientation >= 5;
  const Raster& raster = decoded.raster;
  auto [width, height] = FitInto(swapped ? raster.height : raster.width,
                                 swapped ? raster.width : raster.height, kWidths[0]);
  if (swapped) std::swap(width, height);
  return Upright(Reduced(raster, width, height), decoded.orientation);
}

}  // namespace

std::vector<ShrunkPicture> Shrink(std::string_view bytes) {
  constexpr std::string_view kJpegStart = "\xFF\xD8\xFF";
  constexpr std::string_view kPngStart = "\x89PNG\r\n";
  std::optional<Decoded> decoded;
  if (bytes.starts_with(kJpegStart)) {
    decoded = DecodeJpeg(bytes);
  } else if (bytes.starts_with(kPngStart)) {
    decoded = DecodePng(bytes);
  } else {
    NoPicture();
  }
  Raster raster = UprightAndWidest(*decoded);
  decoded.reset();
  std::vector<ShrunkPicture> sizes = {Encoded(raster)};
  for (const int widest : {kWidths[1], kWidths[2]}) {
    if (raster.width <= widest) continue;
    const auto [width, height] = FitInto(raster.width, raster.height, widest);
    raster = Reduced(raster, width, height);
    sizes.insert(sizes.begin(), Encoded(raster));
  }
  return sizes;
}

}  // namespace kalends::core
