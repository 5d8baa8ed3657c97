#include "storage/blobs/master_keys.h"

#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "tests/storage/blobs/temporary_directory.h"

namespace kalends::storage {
namespace {

constexpr char kOne[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
constexpr char kTwo[] = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

mode_t ModeOf(const std::filesystem::path& path) {
  struct stat about{};
  EXPECT_EQ(stat(path.c_str(), &about), 0);
  return about.st_mode & 07777;
}

TEST(MasterKeys, WhatWasSealedOpensForItsRowOnly) {
  const auto keys = MasterKeys::Random();
  for (const std::string& text : {std::string(), std::string("Grüße"), std::string(100'000, 'x')}) {
    const std::string sealed = keys->SealText(text, "messages.text/1/2");
    EXPECT_EQ(sealed.size(), text.size() + kSealOverheadBytes);
    EXPECT_EQ(keys->OpenText(sealed, "messages.text/1/2").value(), text);
    EXPECT_EQ(keys->OpenText(sealed, "messages.text/1/3").status().code(),
              absl::StatusCode::kDataLoss);
    EXPECT_EQ(keys->UnwrapKey(sealed, "messages.text/1/2").status().code(),
              absl::StatusCode::kDataLoss);
  }
}

TEST(MasterKeys, TheSameTextNeverLooksTheSame) {
  const auto keys = MasterKeys::Random();
  EXPECT_NE(keys->SealText("text", "row"), keys->SealText("text", "row"));
}

TEST(MasterKeys, EveryChangedByteIsFound) {
  const auto keys = MasterKeys::Random();
  const std::string sealed = keys->SealText("text", "row");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(keys->OpenText(changed, "row").ok()) << i;
    EXPECT_FALSE(keys->OpenText(sealed.substr(0, i), "row").ok()) << i;
  }
}

TEST(MasterKeys, WhatCannotBeOpenedIsCountedByItsRowOnce) {
  const auto keys = MasterKeys::Random();
  const std::string sealed = keys->SealText("text", "messages.content/1/2/3");
  EXPECT_TRUE(keys->OpenText(sealed, "messages.content/1/2/3").ok());
  EXPECT_EQ(keys->damage().count(), 0);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(core::ReasonOf(keys->OpenText("", "messages.content/1/2/4").status()),
              core::Reason::kUnreadable);
  }
  EXPECT_EQ(keys->damage().count(), 1);
  EXPECT_FALSE(keys->UnwrapKey(sealed, "blobs.wrapped_key/a").ok());
  EXPECT_EQ(keys->damage().count(), 2);
}

TEST(MasterKeys, OlderKeysOpenAndTheCurrentOneSeals) {
  const auto old = MasterKeys::Parse(kOne).value();
  const auto both = MasterKeys::Parse(std::string(kTwo) + "," + kOne).value();
  const auto fresh = MasterKeys::Parse(kTwo).value();
  EXPECT_EQ(both->OpenText(old->SealText("text", "row"), "row").value(), "text");
  EXPECT_EQ(fresh->OpenText(both->SealText("text", "row"), "row").value(), "text");
  EXPECT_FALSE(fresh->OpenText(old->SealText("text", "row"), "row").ok());
  EXPECT_EQ(both->Ids(), (std::vector{fresh->CurrentId(), old->CurrentId()}));
  EXPECT_EQ(MasterKeys::KeyIdOf(both->SealText("", "row")), fresh->CurrentId());
}

TEST(MasterKeys, RefusesWhatIsNoKey) {
  for (const char* text : {"", " \n", "secret", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==",
                           "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,x"}) {
    EXPECT_EQ(MasterKeys::Parse(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(MasterKeys, TheFileIsMadeOnceForItsOwnerOnly) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "master.key";
  const auto first = MasterKeys::Load(file).value();
  EXPECT_EQ(ModeOf(file), 0600U);
  const std::string sealed = first->SealText("text", "row");
  EXPECT_EQ(MasterKeys::Load(file).value()->OpenText(sealed, "row").value(), "text");
}

TEST(MasterKeys, AFileThatOthersMayReadIsRefusedWithASentence) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "master.key";
  ASSERT_TRUE(MasterKeys::Load(file).ok());
  for (const mode_t mode : {0644, 0640, 0602, 0666}) {
    ASSERT_EQ(chmod(file.c_str(), mode), 0);
    const absl::Status refused = MasterKeys::Load(file).status();
    EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_NE(refused.message().find("chmod 600"), std::string::npos) << refused;
  }
}

TEST(MasterKeys, AFileWithoutKeysIsRefusedAndLeftAsItIs) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "master.key";
  std::ofstream(file) << "not a key\n";
  ASSERT_EQ(chmod(file.c_str(), 0600), 0);
  EXPECT_EQ(MasterKeys::Load(file).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Read(file), "not a key\n");
}

TEST(MasterKeys, ANewKeyIsInTheFileBeforeTheOldOnesAndSealsOnceItIsCurrent) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "master.key";
  const auto keys = MasterKeys::Load(file).value();
  const std::string first = keys->CurrentId();
  const std::string sealed = keys->SealText("text", "row");
  const std::string second = keys->Add().value();
  EXPECT_EQ(ModeOf(file), 0600U);
  EXPECT_EQ(MasterKeys::Load(file).value()->Ids(), (std::vector{second, first}));
  EXPECT_EQ(keys->CurrentId(), first);
  EXPECT_EQ(MasterKeys::KeyIdOf(keys->SealText("text", "row")), first);
  keys->MakeCurrent(second);
  EXPECT_EQ(keys->Ids(), (std::vector{second, first}));
  EXPECT_EQ(MasterKeys::KeyIdOf(keys->SealText("text", "row")), second);
  EXPECT_EQ(MasterKeys::Load(file).value()->OpenText(sealed, "row").value(), "text");
}

TEST(MasterKeys, AKeyThatNeverBecameCurrentIsInNobodysWay) {
  const TemporaryDirectory directory;
  const auto keys = MasterKeys::Load(directory.path() / "master.key").value();
  const std::string first = keys->CurrentId();
  const std::string unused = keys->Add().value();
  const std::string second = keys->Add().value();
  keys->MakeCurrent(second);
  EXPECT_EQ(keys->CurrentId(), second);
  EXPECT_EQ(keys->Ids().size(), 3U);
  EXPECT_EQ(MasterKeys::Load(directory.path() / "master.key").value()->Ids(),
            (std::vector{second, first, unused}));
}

TEST(MasterKeys, AFullDiskIsSaidAndLeavesTheFileAsItIs) {
  const TemporaryDirectory directory;
  const auto file = directory.path() / "master.key";
  const auto keys = MasterKeys::Load(file).value();
  const std::string before = Read(file);
  // The kernel answers as a full disk does, with another number.
  signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit tight{10, limit.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const absl::Status refused = keys->Add().status();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  EXPECT_EQ(core::ReasonOf(refused), core::Reason::kStorageFull);
  EXPECT_EQ(Read(file), before);
  EXPECT_EQ(keys->Ids().size(), 1U);
}

TEST(MasterKeys, AKeyedHashIsMadeWithTheKeyOnlyAndOutlivesARotation) {
  const auto keys = MasterKeys::Parse(kOne).value();
  const std::string hash = keys->KeyedHashes("text").at(0);
  EXPECT_EQ(hash.size(), 32U);
  EXPECT_EQ(keys->KeyedHashes("text"), std::vector{hash});
  EXPECT_NE(keys->KeyedHashes("texu").at(0), hash);
  EXPECT_NE(MasterKeys::Random()->KeyedHashes("text").at(0), hash);
  const auto rotated = MasterKeys::Parse(std::string(kTwo) + "," + kOne).value();
  const auto hashes = rotated->KeyedHashes("text");
  ASSERT_EQ(hashes.size(), 2U);
  EXPECT_NE(hashes[0], hash);
  EXPECT_EQ(hashes[1], hash);
}

TEST(MasterKeys, KeysOfTheEnvironmentAreRotatedThere) {
  const auto keys = MasterKeys::Parse(kOne).value();
  EXPECT_EQ(keys->Add().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(keys->Ids().size(), 1U);
}

}  // namespace
}  // namespace kalends::storage
