#include "storage/blobs/secret_bytes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>

namespace kalends::storage {
namespace {

// Of the mapping that holds this address, the line of /proc/self/smaps with its flags.
std::string FlagsOfMemoryAt(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  bool here = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2) {
      here = begin <= wanted && wanted < end;
    } else if (here && line.starts_with("VmFlags:")) {
      return line + ' ';
    }
  }
  return "";
}

TEST(SecretBytes, LieInMemoryThatIsNeitherSwappedNorDumped) {
  const SecretBytes secret("a secret");
  const std::string flags = FlagsOfMemoryAt(secret.data());
  if (flags.empty()) GTEST_SKIP() << "this kernel does not tell";
  EXPECT_NE(flags.find(" dd "), std::string::npos) << flags;
  if (!secret.locked()) GTEST_SKIP() << "no memory may be locked here (ulimit -l)";
  EXPECT_NE(flags.find(" lo "), std::string::npos) << flags;
}

TEST(SecretBytes, StayAsLongAsACopyOfThem) {
  std::optional<SecretBytes> first(std::string("a secret that is longer than short strings"));
  const SecretBytes copy = *first;
  first.reset();
  EXPECT_EQ(copy.view(), "a secret that is longer than short strings");
}

TEST(SecretBytes, NothingStaysOfTheTextTheyWereMadeOf) {
  std::string text = "a secret that is longer than short strings";
  const char* const bytes = text.data();
  Wipe(text);  // Which keeps its memory.
  EXPECT_EQ(bytes, text.data());
  EXPECT_EQ(std::string_view(bytes + 1, 8), std::string(8, '\0'));
  EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace kalends::storage
