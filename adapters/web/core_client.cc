#include "adapters/web/core_client.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <utility>

#include "adapters/web/limits.h"
#include "core/operate/request.h"
#include "kalends/v1/errors.pb.h"

namespace kalends::web {
namespace {

namespace asio = boost::asio;

// No page can have this slug; that there is none takes the core, its database and our key to say.
constexpr char kNoSlug[] = "-";
constexpr char kNoToken[] = "-";  // Nor can a download have this token.

// A call under way, kept alive by whoever still needs it.
struct Call {
  explicit Call(const asio::any_io_executor& executor)
      : bell(executor, asio::steady_timer::time_point::max()) {}

  std::unique_ptr<grpc::ClientContext> context;
  grpc::Status status;
  asio::steady_timer bell;
  bool done = false;
};

template <typename Request, typename Response>
struct UnaryCall : Call {
  using Call::Call;
  Request request;
  Response response;
};

// What gRPC calls at the end, on a thread of its own; the rest happens on the io_context's.
std::function<void(grpc::Status)> EndOf(const std::shared_ptr<Call>& call) {
  return [call](grpc::Status status) {
    asio::post(call->bell.get_executor(), [call, status = std::move(status)] {
      call->status = status;
      call->done = true;
      call->bell.cancel();
    });
  };
}

// `call` is a variable of the caller's: gcc 12 destroys temporaries in a co_await twice.
asio::awaitable<void> EndedCall(Call& call) {
  while (!call.done) {
    boost::system::error_code rung;
    co_await call.bell.async_wait(asio::redirect_error(asio::use_awaitable, rung));
  }
}

CoreOptions WithArguments(CoreOptions options) {
  grpc::ChannelArguments& arguments = options.arguments;
  arguments.SetMaxReceiveMessageSize(kProfileBytesMax);
  // A fixed window: one that grows takes megabytes for each viewer who reads slowly.
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, static_cast<int>(kStreamWindowBytes));
  return options;
}

}  // namespace

std::string MetadataOf(const grpc::Status& status, const std::string& key) {
  const v1::ErrorInfo info = DetailOf<v1::ErrorInfo>(status).value_or(v1::ErrorInfo());
  const auto found = info.metadata().find(key);
  return found == info.metadata().end() ? "" : found->second;
}

CoreClient::CoreClient(const std::string& address, std::string_view api_key, CoreOptions options)
    : channel_(address, api_key, WithArguments(std::move(options))) {}

CoreClient::~CoreClient() = default;

std::unique_ptr<grpc::ClientContext> CoreClient::NewContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  channel_.Authorize(*context, "");
  return context;
}

template <typename Response, typename Request>
asio::awaitable<CoreClient::Answer<Response>> CoreClient::Ask(Request request) const {
  const asio::any_io_executor executor = co_await asio::this_coro::executor;
  const std::string request_id = operate::CurrentRequest();
  const auto call = std::make_shared<UnaryCall<Request, Response>>(executor);
  call->context = NewContext();
  call->context->set_deadline(std::chrono::system_clock::now() + kCoreTimeout);
  call->request = std::move(request);
  channel_.Start(call->context.get(), &call->request, &call->response, EndOf(call));
  co_await EndedCall(*call);
  operate::SetCurrentRequest(request_id);  // Others have used the thread meanwhile.
  Answer<Response> answer;
  answer.status = call->status;
  answer.response = std::make_shared<const Response>(std::move(call->response));
  co_return answer;
}

asio::awaitable<CoreClient::Answer<v1::PublicProfile>> CoreClient::GetPublicProfile(
    const std::string& slug, const std::string& preview) const {
  v1::GetPublicProfileRequest request;
  request.set_slug(slug);
  request.set_preview_token(preview);
  return Ask<v1::PublicProfile>(std::move(request));
}

asio::awaitable<CoreClient::Answer<v1::ListPublicTimesResponse>> CoreClient::ListPublicTimes(
    const std::string& slug, const std::string& preview) const {
  v1::ListPublicTimesRequest request;
  request.set_slug(slug);
  request.set_preview_token(preview);
  return Ask<v1::ListPublicTimesResponse>(std::move(request));
}

asio::awaitable<CoreClient::Answer<v1::PictureFile>> CoreClient::GetPictureFile(
    const std::string& name, int width, const std::string& preview) const {
  v1::GetPictureFileRequest request;
  request.set_preview_token(preview);
  request.set_name(name);
  request.set_width(width);
  return Ask<v1::PictureFile>(std::move(request));
}

asio::awaitable<CoreClient::Answer<v1::FeedCalendar>> CoreClient::GetFeedCalendar(
    const std::string& token) const {
  v1::GetFeedCalendarRequest request;
  request.set_token(token);
  return Ask<v1::FeedCalendar>(std::move(request));
}

asio::awaitable<CoreClient::Answer<v1::Download>> CoreClient::GetDownload(
    const std::string& token) const {
  v1::GetDownloadRequest request;
  request.set_token(token);
  return Ask<v1::Download>(std::move(request));
}

std::unique_ptr<Download> CoreClient::StartDownload(const std::string& token, std::int64_t offset,
                                                    std::int64_t length,
                                                    const asio::any_io_executor& executor) const {
  v1::FetchDownloadRequest request;
  request.set_token(token);
  request.set_offset(offset);
  request.set_length(length);
  return Download::Start(channel_, NewContext(), request, executor);
}

void CoreClient::Greet() const {
  struct Greeting {
    std::unique_ptr<grpc::ClientContext> context;
    v1::GetDownloadRequest request;  // Only a key of scope `web` may.
    v1::Download response;
  };
  const auto greeting = std::make_shared<Greeting>();
  greeting->context = NewContext();
  greeting->context->set_deadline(std::chrono::system_clock::now() + kCoreTimeout);
  greeting->request.set_token(kNoToken);
  channel_.Start(greeting->context.get(), &greeting->request, &greeting->response,
                 [greeting](const grpc::Status&) {});
}

asio::awaitable<grpc::Status> CoreClient::Check() const {
  const std::string slug = kNoSlug;
  const std::string preview;
  const Answer<v1::PublicProfile> answer = co_await GetPublicProfile(slug, preview);
  if (answer.status.error_code() != grpc::StatusCode::NOT_FOUND) co_return answer.status;
  // Other keys may read profiles, too; only one of scope `web` may download.
  const std::string token = kNoToken;
  const Answer<v1::Download> download = co_await GetDownload(token);
  const bool healthy = download.status.error_code() == grpc::StatusCode::NOT_FOUND;
  co_return healthy ? grpc::Status::OK : download.status;
}

}  // namespace kalends::web
