#include "core/server/privacy_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <cassert>

#include "core/base/error.h"

namespace kalends::server {

struct Archive::Writer {
  archive* zip = archive_write_new();

  ~Writer() { archive_write_free(zip); }
};

Archive::Archive(core::Instant modified)
    : modified_(modified), writer_(std::make_unique<Writer>()) {
  archive* const zip = writer_->zip;
  assert(zip != nullptr);
  archive_write_set_format_zip(zip);
  // Bytes come out as they are made, and the last block is not filled up.
  archive_write_set_bytes_per_block(zip, 0);
  archive_write_set_bytes_in_last_block(zip, 1);
  const int opened = archive_write_open(
      zip, &bytes_, nullptr,
      [](archive*, void* bytes, const void* data, std::size_t size) -> la_ssize_t {
        static_cast<std::string*>(bytes)->append(static_cast<const char*>(data), size);
        return static_cast<la_ssize_t>(size);
      },
      nullptr);
  assert(opened == ARCHIVE_OK);
}

Archive::~Archive() = default;

absl::Status Archive::StatusOf(int result) const {
  if (result == ARCHIVE_OK) return absl::OkStatus();
  const char* const why = archive_error_string(writer_->zip);
  return absl::InternalError(why == nullptr ? "the archive is broken" : why);
}

absl::Status Archive::BeginFile(const std::string& path) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                            archive_entry_free);
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_mtime(entry.get(), core::ToUnixSeconds(modified_), 0);
  // How long it will be shows when it is there.
  archive_entry_unset_size(entry.get());
  return StatusOf(archive_write_header(writer_->zip, entry.get()));
}

absl::Status Archive::Write(std::string_view bytes) {
  const la_ssize_t written = archive_write_data(writer_->zip, bytes.data(), bytes.size());
  const bool whole = written == static_cast<la_ssize_t>(bytes.size());
  return StatusOf(whole ? ARCHIVE_OK : ARCHIVE_FATAL);
}

absl::Status Archive::Finish() { return StatusOf(archive_write_close(writer_->zip)); }

}  // namespace kalends::server
