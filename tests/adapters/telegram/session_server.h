// A core that knows sessions and nothing else.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "kalends/v1/session_service.grpc.pb.h"

namespace kalends::telegram {

class SessionServer final : public v1::SessionService::Service {
 public:
  static constexpr std::string_view kBacklog = "sessions/telegram-backlog:";

  SessionServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~SessionServer() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  // The sessions of the backlog that hold something.
  std::map<std::string, std::string> kept() const {
    const std::lock_guard lock(mutex_);
    std::map<std::string, std::string> kept = kept_;
    std::erase_if(kept, [](const auto& session) { return !session.first.starts_with(kBacklog); });
    return kept;
  }
  // What CrashWatch has noted.
  std::string noted() const {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find("sessions/telegram-inbox");
    return found == kept_.end() ? "" : found->second;
  }
  void Put(const std::string& name, const std::string& data) {
    const std::lock_guard lock(mutex_);
    kept_[name] = data;
  }
  // From now on what is kept there cannot be read.
  void Damage(const std::string& name) {
    const std::lock_guard lock(mutex_);
    damaged_.insert(name);
  }
  // The call for `name` that comes next fails.
  void FailOnce(const std::string& name) {
    const std::lock_guard lock(mutex_);
    failing_.insert(name);
  }
  // How often what is kept was asked for, and written.
  int reads() const {
    const std::lock_guard lock(mutex_);
    return reads_;
  }
  int writes() const {
    const std::lock_guard lock(mutex_);
    return writes_;
  }
  void Forget(const std::string& name) {
    const std::lock_guard lock(mutex_);
    kept_.erase(name);
  }

 private:
  grpc::Status GetSession(grpc::ServerContext*, const v1::GetSessionRequest* request,
                          v1::Session* response) override {
    const std::lock_guard lock(mutex_);
    ++reads_;
    if (failing_.erase(request->name()) > 0) return {grpc::StatusCode::UNAVAILABLE, "away"};
    if (damaged_.contains(request->name())) return {grpc::StatusCode::INTERNAL, "damaged"};
    const auto found = kept_.find(request->name());
    if (found != kept_.end()) response->set_data(found->second);
    return grpc::Status::OK;
  }
  grpc::Status UpdateSession(grpc::ServerContext*, const v1::UpdateSessionRequest* request,
                             v1::Session*) override {
    const v1::Session& session = request->session();
    if (session.data().size() > 4096) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "too long"};
    }
    const std::lock_guard lock(mutex_);
    ++writes_;
    if (failing_.erase(session.name()) > 0) return {grpc::StatusCode::UNAVAILABLE, "away"};
    if (session.data().empty()) {
      kept_.erase(session.name());
    } else {
      kept_[session.name()] = session.data();
    }
    return grpc::Status::OK;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::string> kept_;
  std::set<std::string> damaged_;
  std::set<std::string> failing_;
  int reads_ = 0;
  int writes_ = 0;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace kalends::telegram
