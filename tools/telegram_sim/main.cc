// kalends-telegram-sim: a Bot API server and a web page to play several people, on this machine.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "tools/telegram_sim/server.h"
#include "tools/telegram_sim/text.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:8081", "Loopback address and port; port 0 is any free");
ABSL_FLAG(std::string, port_file, "", "Write the port into this file once it listens");
ABSL_FLAG(std::vector<std::string>, token, {"1000000001:SIMULATOR-not-a-secret-token-000000000"},
          "Bot tokens to accept, comma separated; all of them are the one bot");
ABSL_FLAG(std::string, limits, "telegram", "Messages per time: telegram or off");
ABSL_FLAG(std::string, bot_username, "kalends_demo_bot", "The bot's username");
ABSL_FLAG(std::int64_t, seed, 1, "Moves the first ids of people, messages and updates");

namespace {

std::int64_t NowMs() {
  using std::chrono::milliseconds;
  using std::chrono::system_clock;
  return std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// The port goes into a temporary file first, so that a script never reads half of it.
bool WritePortFile(const std::string& path, unsigned short port) {
  const std::string temporary = path + ".tmp";
  std::ofstream(temporary) << port << "\n";
  return std::rename(temporary.c_str(), path.c_str()) == 0;
}

// Flags are written with dashes, as everywhere in Kalends; Abseil knows them with underscores.
std::vector<std::string> WithUnderscores(int argc, char** argv) {
  std::vector<std::string> arguments(argv, argv + argc);
  for (std::string& argument : arguments) {
    if (!argument.starts_with("--")) continue;
    const auto name_end = argument.begin() + std::min(argument.find('='), argument.size());
    std::replace(argument.begin() + 2, name_end, '-', '_');
  }
  return arguments;
}

int Fail(const std::string& why) {
  std::cerr << "kalends-telegram-sim: " << why << std::endl;
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  using kalends::sim::Limits;
  absl::SetProgramUsageMessage(
      "A local Telegram Bot API, as strict as the real one, with a page to play several people.");
  std::vector<std::string> arguments = WithUnderscores(argc, argv);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  absl::ParseCommandLine(argc, pointers.data());

  const std::string listen = absl::GetFlag(FLAGS_listen);
  const std::size_t colon = listen.rfind(':');
  const auto port = kalends::sim::ToInt(listen.substr(colon == std::string::npos ? 0 : colon + 1));
  if (colon == std::string::npos || !port || *port < 0 || *port > 65535) {
    return Fail("--listen must be host:port");
  }
  const std::string limits = absl::GetFlag(FLAGS_limits);
  if (limits != "telegram" && limits != "off") return Fail("--limits must be telegram or off");
  const std::vector<std::string> tokens = absl::GetFlag(FLAGS_token);
  if (tokens.empty()) return Fail("--token must name at least one token");
  const auto bot_id = kalends::sim::ToInt(tokens.front().substr(0, tokens.front().find(':')));
  if (!bot_id) return Fail("--token must be of the form 123456:secret");

  kalends::sim::World world(
      {absl::GetFlag(FLAGS_bot_username), *bot_id,
       limits == "off" ? Limits::kOff : Limits::kTelegram, absl::GetFlag(FLAGS_seed)},
      NowMs);
  auto server = kalends::sim::Server::Listen(
      {listen.substr(0, colon), static_cast<unsigned short>(*port), tokens}, world);
  if (!server.ok()) return Fail(std::string(server.status().message()));
  (*server)->StopOnSignals();
  std::cout << "listening on http://127.0.0.1:" << (*server)->port() << std::endl;
  const std::string port_file = absl::GetFlag(FLAGS_port_file);
  if (!port_file.empty() && !WritePortFile(port_file, (*server)->port())) {
    return Fail("cannot write " + port_file);
  }
  (*server)->Run();
  return 0;
}
