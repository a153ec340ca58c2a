#include <demo.h>

int
main(void)
{
	return every_thing(NULL, NULL, 0, 0) == NULL;	/* "quotes", 'c' and \n */
}
