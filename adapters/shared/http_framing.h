// Where a request ends, as every server on its way must understand it.
#pragma once

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

namespace kalends {

// Whether the length of its body is told in one way that no two servers read differently: by one
// Content-Length of digits alone (Beast reads "5, 5", too), by a Transfer-Encoding of exactly
// `chunked`, or not at all. All else (a list of codings, one that is unknown or empty, both
// headers, one of them twice) is to be answered 400 and the connection closed: what follows could
// be a second request that a proxy before us has not seen (RFC 9112, 6.1 and 6.3).
template <class Fields>
bool IsFramedPlainly(const boost::beast::http::header<true, Fields>& request) {
  using boost::beast::http::field;
  const auto codings = request.count(field::transfer_encoding);
  const auto lengths = request.count(field::content_length);
  if (codings + lengths > 1) return false;
  if (lengths == 1) {
    const auto length = request[field::content_length];
    return !length.empty() &&
           length.find_first_not_of("0123456789") == boost::beast::string_view::npos;
  }
  if (codings == 0) return true;
  return request.version() >= 11 &&
         boost::beast::iequals(request[field::transfer_encoding], "chunked");
}

}  // namespace kalends
