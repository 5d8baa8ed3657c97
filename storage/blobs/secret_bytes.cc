#include "storage/blobs/secret_bytes.h"

#include <sodium.h>

#include <cassert>
#include <cstring>
#include <new>

namespace kalends::storage {

void Wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

SecretBytes::SecretBytes(std::string bytes) : size_(bytes.size()) {
  assert(!bytes.empty());
  // It knows the size of pages from there.
  if (sodium_init() < 0) throw std::bad_alloc();
  void* const memory = sodium_malloc(size_);
  if (memory == nullptr) throw std::bad_alloc();
  std::memcpy(memory, bytes.data(), size_);
  Wipe(bytes);
  // It has tried to, and does not say whether it could.
  locked_ = sodium_mlock(memory, size_) == 0;
  sodium_mprotect_readonly(memory);
  memory_.reset(static_cast<const unsigned char*>(memory),
                [memory](const unsigned char*) { sodium_free(memory); });
}

}  // namespace kalends::storage
