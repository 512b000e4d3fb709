import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";
import styles from "./tabs.module.css";

export interface TabEntry<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly render: () => ReactNode;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly TabEntry<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

/** Pages of one thing; only the selected one is mounted. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) {
  const select = (key: unknown): void => {
    const tab = tabs.find((candidate) => candidate.id === key);
    if (tab !== undefined) onSelect(tab.id);
  };
  return (
    <AriaTabs className={styles.tabs ?? ""} selectedKey={selected} onSelectionChange={select}>
      <TabList className={styles.list ?? ""} aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab ?? ""}>
            {tab.title}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel ?? ""}>
          {tab.render()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
