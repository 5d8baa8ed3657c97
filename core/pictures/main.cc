// kalends-picture: reads a picture to its end, writes it in the sizes in which it is shown. It is
// run by kalendsd for each picture that somebody uploads, so that whatever decoders let strangers
// do is done in a process that has nothing: no key, no file, no network.
//
// It writes, for each size, width, height and length as four bytes each, the lowest first, and the
// JPEG. It ends with kNoPictureExit where there is no picture in what it read.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/limits.h"
#include "core/pictures/lock_down.h"
#include "core/pictures/shrink.h"

namespace kalends::core {
namespace {

constexpr int kCannotExit = 71;
constexpr std::size_t kPieceBytes = 64 << 10;

std::string ReadAll() {
  std::string bytes;
  while (bytes.size() <= kPictureBytesMax) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kPieceBytes);
    const ssize_t count = read(STDIN_FILENO, bytes.data() + before, kPieceBytes);
    bytes.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
    if (count < 0) std::_Exit(kCannotExit);
    if (count == 0) return bytes;
  }
  std::_Exit(kNoPictureExit);
}

void WriteAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count <= 0) std::_Exit(kCannotExit);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string FourBytes(std::size_t number) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xFFU);
  return bytes;
}

int Run() {
  if (!LockDown()) return kCannotExit;
  for (const ShrunkPicture& picture : Shrink(ReadAll())) {
    WriteAll(FourBytes(static_cast<std::size_t>(picture.width)) +
             FourBytes(static_cast<std::size_t>(picture.height)) + FourBytes(picture.jpeg.size()));
    WriteAll(picture.jpeg);
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace kalends::core

// Without what a program does at its end, which it may not any more.
int main() { std::_Exit(kalends::core::Run()); }
