// Exports of accounts, unpacked.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <map>
#include <string>

#include "tests/support/test_server.h"

namespace kalends::test {

struct Exported {
  std::string reason;
  std::size_t largest = 0;  // Of the parts it came in.
  std::map<std::string, std::string> files;
};

inline std::map<std::string, std::string> Unzip(const std::string& bytes) {
  std::map<std::string, std::string> files;
  const std::unique_ptr<archive, decltype(&archive_read_free)> zip(archive_read_new(),
                                                                   archive_read_free);
  archive_read_support_format_zip(zip.get());
  EXPECT_EQ(archive_read_open_memory(zip.get(), bytes.data(), bytes.size()), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(zip.get(), &entry) == ARCHIVE_OK) {
    std::string& text = files[archive_entry_pathname(entry)];
    char part[4096];
    la_ssize_t size = 0;
    while ((size = archive_read_data(zip.get(), part, sizeof part)) > 0) {
      text.append(part, static_cast<std::size_t>(size));
    }
    EXPECT_EQ(size, 0) << archive_error_string(zip.get());
  }
  return files;
}

enum class ExportBytes { kWith, kOmit };
inline Exported ExportOf(const Client& client, const std::string& name = "accounts/me",
                         ExportBytes files = ExportBytes::kWith) {
  v1::PrivacyService::Stub stub(client.channel());
  grpc::ClientContext context;
  client.Prepare(context);
  v1::ExportAccountRequest request;
  request.set_name(name);
  request.set_omit_files(files == ExportBytes::kOmit);
  const auto reader = stub.ExportAccount(&context, request);
  Exported exported;
  std::string bytes;
  v1::ExportAccountResponse part;
  while (reader->Read(&part)) {
    exported.largest = std::max(exported.largest, part.data().size());
    bytes += part.data();
  }
  exported.reason = ReasonOf(reader->Finish());
  if (!bytes.empty()) exported.files = Unzip(bytes);
  return exported;
}

}  // namespace kalends::test
