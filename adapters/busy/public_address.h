// Which addresses of the Internet may be called for whoever typed them.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <string_view>

namespace kalends::busy {

// Whether it is one of the Internet at large: not of this machine, of its network or a private one,
// of a link, a group, documentation or a tunnel, behind which an IPv4 address of such may lie. Also
// of IPv4 in IPv6.
bool IsPublic(const sockaddr& address);
// Whether it is of a link alone, where clouds tell their machines secrets and no calendar lies.
bool IsLinkLocal(const sockaddr& address);
// IsPublic of a text such as "169.254.169.254"; false: none.
bool IsPublicAddress(std::string_view text);

}  // namespace kalends::busy
