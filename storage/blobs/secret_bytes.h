// Bytes of a key in memory of their own: locked, so that they are never swapped out, left out of
// dumps, between pages that nobody may touch, and wiped when the last copy goes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kalends::storage {

// Overwrites what a text held of a secret.
void Wipe(std::string& text);

// Copies share the memory.
class SecretBytes {
 public:
  SecretBytes() = default;
  // Takes the bytes over: `bytes` is wiped. Not empty.
  explicit SecretBytes(std::string bytes);

  const unsigned char* data() const { return memory_.get(); }
  std::size_t size() const { return size_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data()), size_}; }
  // False where the system locks no more memory for this process (ulimit -l).
  bool locked() const { return locked_; }

 private:
  std::shared_ptr<const unsigned char> memory_;
  std::size_t size_ = 0;
  bool locked_ = false;
};

}  // namespace kalends::storage
