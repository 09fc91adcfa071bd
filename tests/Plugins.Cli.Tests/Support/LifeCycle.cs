// Each test has a desk of its own, in a field.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
