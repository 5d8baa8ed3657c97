// A core that knows sessions and nothing else.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "kalends/v1/session_service.grpc.pb.h"

namespace kalends::telegram {

class SessionServer final : public v1::SessionService::Service {
 public:
  SessionServer() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~SessionServer() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  // The sessions that hold something.
  std::map<std::string, std::string> kept() const {
    const std::lock_guard lock(mutex_);
    return kept_;
  }
  void Forget(const std::string& name) {
    const std::lock_guard lock(mutex_);
    kept_.erase(name);
  }

 private:
  grpc::Status GetSession(grpc::ServerContext*, const v1::GetSessionRequest* request,
                          v1::Session* response) override {
    const std::lock_guard lock(mutex_);
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
    if (session.data().empty()) {
      kept_.erase(session.name());
    } else {
      kept_[session.name()] = session.data();
    }
    return grpc::Status::OK;
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::string> kept_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace kalends::telegram
