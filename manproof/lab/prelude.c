static int must_(int result, const char *what)
{
	if (result < 0) { perror(what); exit(2); }
	return result;
}
#define must(call) must_(call, #call)

static int answer(int result)
{
	int error = result < 0 ? errno : 0;
	printf("errno %d: %s\n", error, strerror(error));
	exit(0);
}

#define ipv4(host, port) (void *)&(struct sockaddr_in){ AF_INET, htons(port), { inet_addr(host) }, { 0 } }

#define ipv6(host, port, flow, scope) \
	(void *)&(struct sockaddr_in6){ AF_INET6, htons(port), htonl(flow), in6(host), scope }

#define local(path) (void *)&(struct sockaddr_un){ AF_UNIX, path }

#define abstract(name) (void *)&(struct sockaddr_un){ AF_UNIX, "\0" name }

#define bytes(family, data) (void *)&(struct { short f; char d[sizeof(data)]; }){ family, data }

static struct in6_addr in6(const char *host)
{
	struct in6_addr a;
	inet_pton(AF_INET6, host, &a);
	return a;
}

static int port_of(int s)
{
	struct sockaddr_in a;
	socklen_t length = sizeof(a);
	must(getsockname(s, (void *)&a, &length));
	return ntohs(a.sin_port);
}

static int until_ready(int s, int events)
{
	struct pollfd p = { s, events, 0 };
	return must(poll(&p, 1, 15000) - 1);
}

static int so_error(int s)
{
	int error;
	socklen_t length = sizeof(error);
	until_ready(s, POLLOUT);
	must(getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &length));
	return error ? errno = error, -1 : 0;
}

static int until_state(int s, int state)
{
	struct tcp_info info;
	socklen_t length;
	do {
		length = sizeof(info);
		must(getsockopt(s, IPPROTO_TCP, TCP_INFO, &info, &length));
	} while (info.tcpi_state != state);
	return 0;
}

static int md5_key(int s, void *whose, int length)
{
	struct tcp_md5sig key = { .tcpm_keylen = 3, .tcpm_key = "key" };
	memcpy(&key.tcpm_addr, whose, length);
	return setsockopt(s, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key));
}

static int until_time_wait(int port)
{
	char line[256], mark[16];
	snprintf(mark, sizeof(mark), ":%04X ", port);
	for (;; usleep(500)) {
		FILE *f = fopen("/proc/net/tcp", "r");
		while (fgets(line, sizeof(line), f))
			if (strstr(line, mark) && strstr(line, " 06 "))
				return fclose(f);
		fclose(f);
	}
}

static int drop(unsigned lost)
{
	struct { unsigned version; int pid; } head = { 0x20080522, 0 };
	struct { unsigned effective, permitted, inheritable; } set[2];
	must(syscall(SYS_capget, &head, set));
	set[0].effective &= ~lost;
	set[0].permitted &= ~lost;
	return syscall(SYS_capset, &head, set);
}

static int limit(int what, int value)
{
	return setrlimit(what, &(struct rlimit){ value, value });
}

static int landlock(unsigned long long network, unsigned long long scope)
{
	unsigned long long rules[3] = { 0, network, scope };
	int ruleset = must(syscall(SYS_landlock_create_ruleset, rules, sizeof(rules), 0));
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	return syscall(SYS_landlock_restrict_self, ruleset, 0);
}

static volatile int signals;

static void count(int signal)
{
	signals += signal == SIGALRM;
}

static int until_signals(int number)
{
	while (signals < number)
		usleep(500);
	return 0;
}

static int handle(int signal, int flags)
{
	struct sigaction action = { .sa_handler = count, .sa_flags = flags };
	return sigaction(signal, &action, NULL);
}

static int every(int micro)
{
	return setitimer(ITIMER_REAL, &(struct itimerval){ { 0, micro }, { 0, micro } }, NULL);
}

static char task[64];	/* of the main thread */

static int begin(void *(*thread)(void *))
{
	static pthread_t id;
	char self[32] = "";
	must(readlink("/proc/thread-self", self, sizeof(self) - 1));
	snprintf(task, sizeof(task), "/proc/%s/syscall", self);
	return -pthread_create(&id, NULL, thread, NULL);
}

static int until_asleep(void)
{
	for (int number = -1; number != SYS_connect; usleep(500)) {
		FILE *f = fopen(task, "r");
		if (fscanf(f, "%d", &number) != 1)
			number = -1;
		fclose(f);
	}
	return 0;
}

static int open_tun(void)
{
	struct ifreq request = { .ifr_name = "tun0", .ifr_flags = IFF_TUN | IFF_NO_PI };
	int tun = must(open("/dev/net/tun", O_RDWR));
	must(ioctl(tun, TUNSETIFF, &request));
	return tun;
}

static int the_tun, the_protocol, the_first, the_second, the_third;

static unsigned sum(const unsigned char *data, int length, unsigned total)
{
	for (int i = 0; i < length; i++)
		total += i % 2 ? data[i] : data[i] << 8;
	while (total >> 16)
		total = (total & 0xffff) + (total >> 16);
	return total;
}

static void put(unsigned char *at, unsigned value, int size)
{
	while (size--) {
		at[size] = value;
		value >>= 8;
	}
}

static void reply(unsigned char *q, int n)
{
	unsigned char r[2048] = { 0 };
	int six = q[0] >> 4 == 6, head = six ? 40 : (q[0] & 15) * 4, size, at, protocol = the_protocol;
	if (q[six ? 6 : 9] != 17 && (q[six ? 6 : 9] != 6 || (q[head + 13] & 18) != 2))
		return;
	unsigned char *to = q + head, *body = r + (six ? 40 : 20);
	if (protocol == 6) {			/* a segment: flags, error of the acknowledgement */
		size = 20;
		at = 16;
		memcpy(body, to + 2, 2);
		memcpy(body + 2, to, 2);
		put(body + 4, 7000, 4);
		if (the_first & 16)
			put(body + 8, (to[4] << 24 | to[5] << 16 | to[6] << 8 | to[7]) + 1 + the_second, 4);
		put(body + 12, 0x5000 | the_first, 2);
		put(body + 14, 65535, 2);
	} else {				/* ICMP: type, code, second word, the packet */
		int quoted = six ? n : n < 48 ? n : 48;
		protocol = six ? 58 : 1;
		size = 8 + quoted;
		at = 2;
		put(body, the_first << 8 | the_second, 2);
		put(body + 4, the_third, 4);
		memcpy(body + 8, q, quoted);
	}
	int length = six ? 16 : 4, from = six ? 8 : 12;
	memcpy(r + from, q + from + length, length);
	memcpy(r + from + length, q + from, length);
	unsigned pseudo = protocol == 1 ? 0 : sum(r + from, 2 * length, protocol + size);
	put(body + at, ~sum(body, size, pseudo), 2);
	if (six) {
		put(r, 0x60000000, 4);
		put(r + 4, size << 16 | protocol << 8 | 64, 4);
	} else {
		put(r, 0x45000000 | (20 + size), 4);
		put(r + 8, 64 << 8 | protocol, 2);
		put(r + 10, ~sum(r, 20, 0), 2);
	}
	must(write(the_tun, r, body - r + size));
}

static void *peer(void *unused)
{
	unsigned char q[2048];
	for (;;)
		reply(q, must(read(the_tun, q, sizeof(q))));
	return unused;
}

static int play(int tun, int protocol, int first, int second, int third)
{
	static pthread_t id;
	the_tun = tun;
	the_protocol = protocol;
	the_first = first;
	the_second = second;
	the_third = third;
	return id ? 0 : -pthread_create(&id, NULL, peer, NULL);
}

static int answer_tcp(int tun, int flags, int wrong)
{
	return play(tun, 6, flags, wrong, 0);
}

static int answer_icmp(int tun, int type, int code, int rest)
{
	return play(tun, 1, type, code, rest);
}

static int pipe_end(void)
{
	int ends[2];
	must(pipe(ends));
	return ends[0];
}

static int pair_end(int type)
{
	int ends[2];
	must(socketpair(AF_UNIX, type, 0, ends));
	return ends[0];
}

static void *pages(void)
{
	return mmap(NULL, 2 * getpagesize(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void *read_only(void *address, int size)
{
	void *page = memcpy(pages(), address, size);
	must(mprotect(page, getpagesize(), PROT_READ));
	return page;
}

static void *straddling(void *address, int size)
{
	char *end = (char *)pages() + getpagesize();
	must(mprotect(end, getpagesize(), PROT_NONE));
	return memcpy(end - size + 1, address, size - 1);
}
