#include "tests/support/images.h"

#include <png.h>

#include <cstdio>
// After <cstdio>, whose FILE it needs.
#include <jpeglib.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace kalends::test {
namespace {

void Throw(j_common_ptr) { throw std::runtime_error("no JPEG"); }

std::vector<unsigned char> RowOf(const Size& size, const Paint& paint, int y) {
  std::vector<unsigned char> row;
  for (int x = 0; x < size.width; ++x) {
    const Pixel pixel = paint(x, y);
    row.insert(row.end(), {pixel.red, pixel.green, pixel.blue});
  }
  return row;
}

}  // namespace

std::string JpegOf(const Size& size, const Paint& paint, std::string_view app1) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&encoder);
  unsigned char* bytes = nullptr;
  unsigned long length = 0;
  jpeg_mem_dest(&encoder, &bytes, &length);
  encoder.image_width = static_cast<JDIMENSION>(size.width);
  encoder.image_height = static_cast<JDIMENSION>(size.height);
  encoder.input_components = 3;
  encoder.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder);
  jpeg_start_compress(&encoder, TRUE);
  if (!app1.empty()) {
    jpeg_write_marker(&encoder, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(app1.data()),
                      static_cast<unsigned>(app1.size()));
  }
  for (int y = 0; y < size.height; ++y) {
    std::vector<unsigned char> row = RowOf(size, paint, y);
    JSAMPROW start = row.data();
    jpeg_write_scanlines(&encoder, &start, 1);
  }
  jpeg_finish_compress(&encoder);
  std::string jpeg(reinterpret_cast<const char*>(bytes), length);
  jpeg_destroy_compress(&encoder);
  std::free(bytes);
  return jpeg;
}

std::string PngOf(const Size& size, const Paint& paint, unsigned char alpha) {
  std::vector<unsigned char> pixels;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Pixel pixel = paint(x, y);
      pixels.insert(pixels.end(), {pixel.red, pixel.green, pixel.blue, alpha});
    }
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(size.width);
  image.height = static_cast<png_uint_32>(size.height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t length = 0;
  png_image_write_to_memory(&image, nullptr, &length, 0, pixels.data(), 0, nullptr);
  std::string png(length, '\0');
  png_image_write_to_memory(&image, png.data(), &length, 0, pixels.data(), 0, nullptr);
  return png;
}

std::string ExifOf(int orientation) {
  using namespace std::string_literals;
  const std::string tag = "\x12\x01\x03\0\x01\0\0\0"s + static_cast<char>(orientation) + "\0\0\0"s;
  return "Exif\0\0II*\0\x08\0\0\0\x01\0"s + tag + "\0\0\0\0GPSLatitude 52.5200 Anna Kamera"s;
}

Pixel Image::At(int x, int y) const {
  const auto at = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) +
                       static_cast<std::size_t>(x));
  return {static_cast<unsigned char>(rgb[at]), static_cast<unsigned char>(rgb[at + 1]),
          static_cast<unsigned char>(rgb[at + 2])};
}

std::optional<Image> ReadJpeg(std::string_view bytes) {
  jpeg_decompress_struct decoder{};
  jpeg_error_mgr errors{};
  decoder.err = jpeg_std_error(&errors);
  errors.error_exit = Throw;
  jpeg_create_decompress(&decoder);
  try {
    jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&decoder, TRUE);
    jpeg_start_decompress(&decoder);
    Image image{{static_cast<int>(decoder.output_width), static_cast<int>(decoder.output_height)},
                {}};
    const std::size_t stride = std::size_t{3} * decoder.output_width;
    image.rgb.resize(stride * decoder.output_height);
    while (decoder.output_scanline < decoder.output_height) {
      auto* row = reinterpret_cast<JSAMPROW>(image.rgb.data() + stride * decoder.output_scanline);
      jpeg_read_scanlines(&decoder, &row, 1);
    }
    jpeg_destroy_decompress(&decoder);
    return image;
  } catch (const std::runtime_error&) {
    jpeg_destroy_decompress(&decoder);
    return std::nullopt;
  }
}

}  // namespace kalends::test
