#include "tools/kalends/age.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kalends::cli {

absl::StatusOr<Age> Age::Run(std::vector<std::string> arguments, int file, bool writes) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return absl::UnavailableError("too many files are open");
  storage::File to_read(ends[0]);
  storage::File to_write(ends[1]);
  const int input = writes ? to_read.descriptor() : file;
  const int output = writes ? file : to_write.descriptor();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  pid_t pid = -1;
  const int failed = posix_spawnp(&pid, "age", &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    return absl::NotFoundError(fmt::format("the program age cannot be run ({}): install it",
                                           std::generic_category().message(failed)));
  }
  return Age(pid, std::move(writes ? to_write : to_read));
}

absl::StatusOr<Age> Age::Encrypt(const std::vector<std::string>& recipients,
                                 const storage::File& output) {
  // Where age is gone, a write says so.
  signal(SIGPIPE, SIG_IGN);
  std::vector<std::string> arguments{"age", "--encrypt"};
  for (const std::string& recipient : recipients) {
    std::error_code error;
    const bool is_file = std::filesystem::is_regular_file(recipient, error);
    arguments.push_back(is_file ? "--recipients-file" : "--recipient");
    arguments.push_back(recipient);
  }
  return Run(std::move(arguments), output.descriptor(), true);
}

absl::StatusOr<Age> Age::Decrypt(const std::string& identity_file, const storage::File& input) {
  return Run({"age", "--decrypt", "--identity", identity_file}, input.descriptor(), false);
}

Age::Age(Age&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), stream_(std::move(other.stream_)) {}

Age::~Age() {
  if (pid_ > 0) kill(pid_, SIGTERM);
  Finish();
}

bool Age::Finish() {
  stream_.Close();
  if (pid_ < 0) return false;
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace kalends::cli
