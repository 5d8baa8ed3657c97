#include "core/server/pictures_program.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/base/status_macros.h"

namespace kalends::server {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kPieceBytes = 64 << 10;
constexpr std::size_t kNumberBytes = 4;
// What may come back: three sizes with their heads.
constexpr std::size_t kAnswerBytesMax = 3 * (core::kPictureFileBytesMax + 3 * kNumberBytes);

absl::Status Unreadable() { return core::Error(core::Reason::kPictureUnreadable); }

// Our end of a pair of sockets; the other one is the program's input and output.
class Line {
 public:
  Line() { open_ = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends_) == 0; }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() {
    CloseTheirs();
    if (open_) close(ends_[0]);
  }

  bool open() const { return open_; }
  int theirs() const { return ends_[1]; }
  void CloseTheirs() {
    if (open_ && ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

  // False: the other end does not take it in time, or is gone.
  bool Send(std::string_view bytes, steady_clock::time_point until) {
    while (!bytes.empty()) {
      if (!WaitAtMost(SO_SNDTIMEO, until)) return false;
      const ssize_t count = send(ends_[0], bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void EndInput() { shutdown(ends_[0], SHUT_WR); }
  // All up to its end; nullopt: it does not come in time, or is too much.
  std::optional<std::string> ReceiveAll(steady_clock::time_point until) {
    std::string bytes;
    std::string piece(kPieceBytes, '\0');
    while (bytes.size() <= kAnswerBytesMax) {
      if (!WaitAtMost(SO_RCVTIMEO, until)) return std::nullopt;
      const ssize_t count = recv(ends_[0], piece.data(), piece.size(), 0);
      if (count == 0) return bytes;
      if (count < 0) return std::nullopt;
      bytes.append(piece, 0, static_cast<std::size_t>(count));
    }
    return std::nullopt;
  }

 private:
  bool WaitAtMost(int option, steady_clock::time_point until) {
    const auto left =
        std::chrono::duration_cast<std::chrono::microseconds>(until - steady_clock::now()).count();
    if (left <= 0) return false;
    const timeval time{left / 1'000'000, left % 1'000'000};
    return setsockopt(ends_[0], SOL_SOCKET, option, &time, sizeof time) == 0;
  }

  int ends_[2] = {-1, -1};
  bool open_ = false;
};

// What is left until then, as poll() takes it; 0: nothing.
int MillisecondsUntil(steady_clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

// The program while it runs; ended with this.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { End(); }

  // What it ended with; -1: a signal, or it did not end by itself.
  int End() {
    if (pid_ < 0) return exit_;
    kill(pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (WIFEXITED(status)) exit_ = WEXITSTATUS(status);
    return exit_;
  }
  // The same of one that has closed its output, which is the last it should do.
  int WaitForEnd(steady_clock::time_point until) {
    // Readable once it has ended.
    const int ended = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
    if (ended >= 0) {
      pollfd wait{ended, POLLIN, 0};
      while (poll(&wait, 1, MillisecondsUntil(until)) < 0 && errno == EINTR) {
      }
      close(ended);
    }
    return End();
  }

 private:
  pid_t pid_;
  int exit_ = -1;
};

// The program with nothing of ours but its end of the line: no file, no environment.
absl::StatusOr<pid_t> Spawn(const std::filesystem::path& program, int line) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, line, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, line, STDOUT_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO);
  std::string name = program.filename().string();
  char* const arguments[] = {name.data(), nullptr};
  char* const environment[] = {nullptr};
  pid_t pid = -1;
  const int failed = posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return pid;
  spdlog::error("{} cannot be run: {}", program.string(), std::generic_category().message(failed));
  return absl::InternalError("no program for pictures");
}

// Takes a number from the front; nullopt: it is not there.
std::optional<std::size_t> TakeNumber(std::string_view& bytes) {
  if (bytes.size() < kNumberBytes) return std::nullopt;
  std::size_t number = 0;
  for (std::size_t i = kNumberBytes; i > 0; --i) {
    number = number << 8U | static_cast<unsigned char>(bytes[i - 1]);
  }
  bytes.remove_prefix(kNumberBytes);
  return number;
}

// What a program that was taken over might write is looked at as input is.
absl::StatusOr<std::vector<core::ShrunkPicture>> SizesIn(std::string_view answer) {
  constexpr std::size_t kSideMax = 4096;
  std::vector<core::ShrunkPicture> sizes;
  while (!answer.empty()) {
    const auto width = TakeNumber(answer);
    const auto height = TakeNumber(answer);
    const auto length = TakeNumber(answer);
    const bool fits = width && height && length && *width > 0 && *width <= kSideMax &&
                      *height > 0 && *height <= kSideMax && *length > 0 &&
                      *length <= core::kPictureFileBytesMax && *length <= answer.size();
    if (!fits) return Unreadable();
    const bool rises = sizes.empty() || sizes.back().width < static_cast<int>(*width);
    if (!rises) return Unreadable();
    sizes.push_back({static_cast<int>(*width), static_cast<int>(*height),
                     std::string(answer.substr(0, *length))});
    answer.remove_prefix(*length);
  }
  if (sizes.empty()) return Unreadable();
  return sizes;
}

// Counts down when it goes.
struct Running {
  std::atomic<int>& count;
  ~Running() { --count; }
};

}  // namespace

absl::StatusOr<std::vector<core::ShrunkPicture>> PicturePrograms::Shrink(const Next& next) {
  const bool busy = ++running_ > core::kPicturesAtOnceMax;
  const Running running{running_};
  if (busy) return core::Error(core::Reason::kBusy);
  const auto until = steady_clock::now() + time_max_;
  Line line;
  if (!line.open()) return core::Error(core::Reason::kBusy);
  ASSIGN_OR_RETURN(const pid_t pid, Spawn(program_, line.theirs()));
  Child child(pid);
  line.CloseTheirs();
  bool taken = true;
  while (taken) {
    ASSIGN_OR_RETURN(const std::string piece, next());
    if (piece.empty()) break;
    taken = line.Send(piece, until);
  }
  line.EndInput();
  const auto answer = taken ? line.ReceiveAll(until) : std::nullopt;
  if (!answer) {
    child.End();
    return Unreadable();
  }
  if (const int exit = child.WaitForEnd(until); exit != EXIT_SUCCESS) {
    if (exit != core::kNoPictureExit) spdlog::warn("kalends-picture ended with {}", exit);
    return Unreadable();
  }
  return SizesIn(*answer);
}

std::filesystem::path PictureProgramBeside() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "kalends-picture";
}

}  // namespace kalends::server
