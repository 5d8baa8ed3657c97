#include "core/server/supervisor.h"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <filesystem>

#include "core/base/status_macros.h"
#include "core/server/data_directory.h"

namespace kalends::server {
namespace {

// Whether somebody hears it is nobody's trouble here: systemd itself acts on what it does not hear.
void Tell(const char* state) { sd_notify(0, state); }

// Under another name first, so that whoever waits for the file never reads half of it.
absl::Status WritePortFile(const std::string& path, int port) {
  const std::string unfinished = path + ".tmp";
  RETURN_IF_ERROR(WritePrivateFile(unfinished, fmt::format("{}\n", port)));
  std::error_code error;
  std::filesystem::rename(unfinished, path, error);
  if (error) return absl::InternalError(fmt::format("cannot write {}", path));
  return absl::OkStatus();
}

}  // namespace

absl::Status TellReady(const std::string& port_file, int port) {
  if (!port_file.empty()) RETURN_IF_ERROR(WritePortFile(port_file, port));
  Tell("READY=1");
  return absl::OkStatus();
}
void TellAlive() { Tell("WATCHDOG=1"); }

}  // namespace kalends::server
