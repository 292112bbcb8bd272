/** An address that leads to no screen. */
import { PageLink } from "../parts/address.tsx";
import { Page } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";

export function NotFound() {
  return (
    <Page title="There is no such screen">
      <Empty>
        The address may have been shortened on its way. <PageLink to="/console">Go to Today</PageLink>.
      </Empty>
    </Page>
  );
}
