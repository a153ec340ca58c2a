#define must(call) \
	({ int r_ = call; if (r_ < 0) err(2, #call); r_; })

#define answer(c) printf("errno %d: %m\n", (c) < 0 ? errno : (errno = 0))

#define ipv4(host, port) (void *)&(struct sockaddr_in){ \
	AF_INET, htons(port), { inet_addr(host) }, { 0 } }

#define ipv6(host, port, flow, scope) (void *)&(struct sockaddr_in6){ \
	AF_INET6, htons(port), htonl(flow), in6(host), scope }

#define local(path) (void *)&(struct sockaddr_un){ AF_UNIX, path }

#define abstract(name) (void *)&(struct sockaddr_un){ AF_UNIX, "\0" name }

#define bytes(family, data) \
	(void *)&(struct { short f; char d[sizeof(data)]; }){ family, data }

static struct in6_addr in6(const char *host) {
	struct in6_addr a;
	return must(inet_pton(AF_INET6, host, &a) - 1), a;
}

static int port_of(int s) {
	struct sockaddr_in a;
	must(getsockname(s, (void *)&a, &(socklen_t){ sizeof(a) }));
	return ntohs(a.sin_port);
}

#define until_ready(s, events) \
	(poll(&(struct pollfd){ s, events, 0 }, 1, 40000) - 1)

static int so_error(int s) {
	must(getsockopt(s, SOL_SOCKET, SO_ERROR, &errno, &(socklen_t){ 4 }));
	return errno ? -1 : 0;
}

static struct tcp_info info(int s) {
	struct tcp_info i;
	socklen_t size = sizeof(i);
	must(getsockopt(s, IPPROTO_TCP, TCP_INFO, &i, &size));
	return i;
}

#define until_state(s, state) \
	({ while (info(s).tcpi_state != state) usleep(200); 0; })

static int until_repeated(int s) {
	int before = info(s).tcpi_retransmits;
	while (info(s).tcpi_retransmits == before)
		usleep(5000);
	return 0;
}

static int md5_key(int s, void *whose, int length) {
	struct tcp_md5sig key = { .tcpm_keylen = 3, .tcpm_key = "key" };
	memcpy(&key.tcpm_addr, whose, length);
	return setsockopt(s, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key));
}

static int until_time_wait(int port) {
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

static int drop(unsigned lost) {
	struct { unsigned version; int pid; } head = { 0x20080522, 0 };
	struct { unsigned effective, permitted, inheritable; } set[2];
	must(syscall(SYS_capget, &head, set));
	set[0].effective &= ~lost;
	set[0].permitted &= ~lost;
	return syscall(SYS_capset, &head, set);
}

#define limit(what, value) setrlimit(what, &(struct rlimit){ value, value })

static int landlock(unsigned long long network, unsigned long long scope) {
	unsigned long long rules[3] = { 0, network, scope };
	int made = must(syscall(SYS_landlock_create_ruleset, rules, 24, 0));
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
	return syscall(SYS_landlock_restrict_self, made, 0);
}

static volatile int signals;

static void count(int signal) {
	signals += signal == SIGALRM;
}

#define until_signals(number) \
	({ while (signals < number) usleep(500); 0; })

#define handle(number, flags) sigaction(number, \
	&(struct sigaction){ .sa_handler = count, .sa_flags = flags }, NULL)

#define every(micro) setitimer(ITIMER_REAL, \
	&(struct itimerval){ { 0, micro }, { 0, micro } }, NULL)

#define begin(thread) -pthread_create(&(pthread_t){ 0 }, NULL, thread, NULL)

static int until_asleep(void) { /* the main thread, whose file this is */
	int task = must(open("/proc/self/syscall", O_RDONLY));
	for (char line[16] = ""; atoi(line) != SYS_connect; usleep(500))
		must(pread(task, line, 15, 0));
	return close(task);
}

static int open_tun(void) {
	int tun = must(open("/dev/net/tun", O_RDWR));
	return must(ioctl(tun, TUNSETIFF, &(struct ifreq){
		{ "tun0" }, { .ifru_flags = IFF_TUN | IFF_NO_PI } })), tun;
}

static unsigned short word[1024]; /* of a packet, two bytes each */

static int the_tun, the_first, the_second, (*the_reply)(int at, int size);

static void swap(int one, int other, int words) {
	for (int old; words--; word[one++] = word[other], word[other++] = old)
		old = word[one];
}

static int segment(int at, int size) { /* the SYN, turned round */
	unsigned number, old = word[at + 6], total = 0xffff ^ word[at + 8];
	memcpy(&number, word + at + 2, 4);
	number = the_first & 16 ? htonl(ntohl(number) + 1 + the_second) : 0;
	memcpy(word + at + 4, &number, 4);
	word[at + 6] = htons((ntohs(old) & 0xf000) | the_first);
	total += word[at + 4] + word[at + 5] + word[at + 6] + 0xffff - old;
	word[at + 8] = ~(total % 0xffff);
	return swap(at, at + 1, 1), size;
}

static int sum(int from, int words, int total) {
	while (words--)
		total += word[from++];
	return ~(total % 0xffff);
}

static int message(int at, int size) { /* of ICMP, with the whole SYN */
	memmove(word + at + 4, word, size);
	word[at] = htons(the_first), word[at + 3] = htons(the_second);
	word[at + 1] = word[at + 2] = 0;
	if (at == 10) {
		word[1] = htons(size + 28), word[4] = htons(0x4001);
		word[5] = sum(0, 10, 0xffff - word[5]);
		word[at + 1] = sum(at, size / 2 + 4, 0);
	} else {
		word[2] = htons(size + 8), word[3] = htons(0x3a40);
		word[at + 1] = sum(4, size / 2 + 20, word[2] + htons(58));
	}
	return 2 * at + 8 + size;
}

static void *peer(void *unused) { /* answers every SYN */
	for (int size, six, at;;) {
		size = must(read(the_tun, word, sizeof(word)));
		six = ntohs(word[0]) >> 12 == 6, at = six ? 20 : 10;
		if ((ntohs(word[six ? 3 : 4]) >> 8 * six & 255) != 6 ||
		    (ntohs(word[at + 6]) & 18) != 2)
			continue;
		size = the_reply(at, size);
		six ? swap(4, 12, 8) : swap(6, 8, 2);
		must(write(the_tun, word, size));
	}
	return unused;
}

static int play(int tun, int (*how)(int, int), int one, int other) {
	static pthread_t id;
	the_tun = tun, the_first = one, the_second = other, the_reply = how;
	return id ? 0 : -pthread_create(&id, NULL, peer, NULL);
}

#define answer_tcp(tun, flags, wrong) play(tun, segment, flags, wrong)

#define answer_icmp(tun, type, code, rest) \
	play(tun, message, (type) << 8 | (code), rest)

static int pipe_end(void) {
	int ends[2];
	return must(pipe(ends)), ends[0];
}

static int pair_end(int type) {
	int ends[2];
	return must(socketpair(AF_UNIX, type, 0, ends)), ends[0];
}

static void *pages(void) {
	return mmap(NULL, 2 * getpagesize(), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void *read_only(void *address, int size) {
	void *page = memcpy(pages(), address, size);
	must(mprotect(page, getpagesize(), PROT_READ));
	return page;
}

static void *straddling(void *address, int size) {
	char *end = (char *)pages() + getpagesize();
	must(mprotect(end, getpagesize(), PROT_NONE));
	return memcpy(end - size + 1, address, size - 1);
}
